import { calcTreeSize, generateLevelBounds, NODE_ITEM_BYTE_LEN } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { keptWkb } from '../../geometry/lazy-geometry.ts';
import { positionsInOrder } from '../../geometry/z-order.ts';
import { computeBounds, type LayerFeature } from '../../layer/layer.ts';

/** West, south, east, north. */
type Box = [number, number, number, number];

/** The box of nothing. */
const NOTHING: Readonly<Box> = [Infinity, Infinity, -Infinity, -Infinity];
/** Children of a node of the index, as GDAL writes it. */
export const NODE_SIZE = 16;
/** How often the curve divides its square, and its cells along each side. */
const CURVE_LEVELS = 16;
const CELLS = 2 ** CURVE_LEVELS;
/** West, south, east and north of each feature, one after the other; of one without a place, those of nothing. */
export function boxesOf(features: readonly LayerFeature[]): Float64Array {
  const boxes = new Float64Array(features.length * 4);
  for (let index = 0; index < features.length; index++) {
    const geometry = features[index]?.geometry ?? null;
    const at = index * 4;
    // Most points need no look at a list of positions.
    if (geometry?.type === 'Point' && !keptWkb(geometry)) {
      const [x, y] = geometry.coordinates;
      if (x !== undefined && y !== undefined && Number.isFinite(x + y)) {
        boxes[at] = boxes[at + 2] = x;
        boxes[at + 1] = boxes[at + 3] = y;
        continue;
      }
    }
    const [minX, minY, maxX, maxY] = computeBounds([geometry]) ?? NOTHING;
    boxes[at] = minX;
    boxes[at + 1] = minY;
    boxes[at + 2] = maxX;
    boxes[at + 3] = maxY;
  }
  return boxes;
}

/** The box around all boxes; undefined where there is nothing in any. */
export function mergeBoxes(boxes: Float64Array): Box | undefined {
  const merged: Box = [...NOTHING];
  for (let at = 0; at < boxes.length; at += 4) extend(merged, boxes, at);
  return merged[0] > merged[2] ? undefined : merged;
}

/**
 * Numbers of the features in the order of a Hilbert curve through the middles of their boxes, so that neighbours on the
 * ground are neighbours in the file. Features without a place come last; equal places keep their order.
 */
export function orderByPlace(boxes: Float64Array): Uint32Array {
  const count = boxes.length / 4;
  const [west, south, east, north] = mergeBoxes(boxes) ?? [0, 0, 0, 0];
  const scaleX = (CELLS - 1) / (east - west || 1);
  const scaleY = (CELLS - 1) / (north - south || 1);
  const places = new Uint32Array(count);
  let nowhere = 0;
  for (let index = 0; index < count; index++) {
    const at = index * 4;
    if (!isPlaced(boxes, index)) nowhere++;
    const x = ((boxes[at] ?? 0) + (boxes[at + 2] ?? 0)) / 2;
    const y = ((boxes[at + 1] ?? 0) + (boxes[at + 3] ?? 0)) / 2;
    // Of nothing the middle is NaN.
    places[index] = placeOnCurve(Math.floor((x - west) * scaleX), Math.floor((y - south) * scaleY));
  }
  const order = positionsInOrder(places);
  return nowhere > 0 ? placedFirst(order, boxes) : order;
}

const isPlaced = (boxes: Float64Array, number: number): boolean =>
  (boxes[number * 4] ?? 0) <= (boxes[number * 4 + 2] ?? 0);

/** The same order with the features that have no place behind all others. */
function placedFirst(order: Uint32Array, boxes: Float64Array): Uint32Array {
  const placed = order.filter((number) => isPlaced(boxes, number));
  const sorted = new Uint32Array(order.length);
  sorted.set(placed);
  sorted.set(
    order.filter((number) => !isPlaced(boxes, number)),
    placed.length,
  );
  return sorted;
}

/** How far along a Hilbert curve through CELLS times CELLS cells a cell is (Warren, Hacker's Delight, figure 16-9). */
function placeOnCurve(x: number, y: number): number {
  let place = 0;
  let column = x & (CELLS - 1);
  let row = y & (CELLS - 1);
  for (let bit = CURVE_LEVELS - 1; bit >= 0; bit--) {
    const right = (column >>> bit) & 1;
    const upper = (row >>> bit) & 1;
    place = (place << 2) | ((3 * right) ^ upper);
    if (upper === 1) continue;
    // Where the quarter is to the right, both are counted from the other side.
    const mirrored = right === 1 ? CELLS - 1 : 0;
    const turned = column ^ mirrored;
    column = row ^ mirrored;
    row = turned;
  }
  return place >>> 0;
}

/** Bytes of the index of so many features. */
export const indexSize = (count: number): number => calcTreeSize(count, NODE_SIZE);

/**
 * Writes the packed R-tree of a FlatGeobuf (flatgeobuf.org, version 3): levels from the root to the leaves, each node
 * a box and where its first child, or its feature, is.
 *
 * @param into the bytes of the index, of `indexSize`.
 * @param boxes of the features, and `offsets` of them behind the index, in the order of the file.
 */
export function writeIndex(into: Uint8Array, boxes: Float64Array, offsets: Float64Array): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  const levels = generateLevelBounds(offsets.length, NODE_SIZE);
  let [below, belowStart] = [boxes, 0];
  for (const [level, [start = 0, end = 0]] of levels.entries()) {
    const nodes = level === 0 ? boxes : mergeGroups(below, end - start);
    for (let node = 0; node < end - start; node++) {
      const at = (start + node) * NODE_ITEM_BYTE_LEN;
      for (let edge = 0; edge < 4; edge++)
        view.setFloat64(at + edge * 8, nodes[node * 4 + edge] ?? Number.NaN, true);
      const target = level === 0 ? (offsets[node] ?? 0) : belowStart + node * NODE_SIZE;
      view.setUint32(at + 32, target % 2 ** 32, true);
      view.setUint32(at + 36, Math.floor(target / 2 ** 32), true);
    }
    [below, belowStart] = [nodes, start];
  }
}

/** The boxes around each sixteen boxes. */
function mergeGroups(boxes: Float64Array, count: number): Float64Array {
  const merged = new Float64Array(count * 4);
  for (let node = 0; node < count; node++) {
    const box = merged.subarray(node * 4, node * 4 + 4);
    box.set(NOTHING);
    const end = Math.min(boxes.length, (node + 1) * NODE_SIZE * 4);
    for (let at = node * NODE_SIZE * 4; at < end; at += 4) extend(box, boxes, at);
  }
  return merged;
}

function extend(box: Float64Array | Box, boxes: Float64Array, at: number): void {
  const minX = boxes[at] ?? 0;
  const minY = boxes[at + 1] ?? 0;
  const maxX = boxes[at + 2] ?? 0;
  const maxY = boxes[at + 3] ?? 0;
  if (minX < (box[0] ?? 0)) box[0] = minX;
  if (minY < (box[1] ?? 0)) box[1] = minY;
  if (maxX > (box[2] ?? 0)) box[2] = maxX;
  if (maxY > (box[3] ?? 0)) box[3] = maxY;
}
