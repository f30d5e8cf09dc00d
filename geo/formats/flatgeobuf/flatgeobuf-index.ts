import { calcTreeSize, generateLevelBounds, NODE_ITEM_BYTE_LEN } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { computeBounds, type LayerFeature } from '../../layer/layer.ts';

/** West, south, east, north. */
type Box = [number, number, number, number];

/** The box of nothing. */
const NOTHING: Readonly<Box> = [Infinity, Infinity, -Infinity, -Infinity];
/** Children of a node of the index, as GDAL writes it. */
export const NODE_SIZE = 16;
/** Cells of the curve along each side. */
const CELLS = 2 ** 16;
/** Where features without a place are on the curve: behind its end. */
const NOWHERE = CELLS ** 2;
/** Bits of a whole number that a double holds, and those of a place on the curve. */
const [EXACT_BITS, CURVE_BITS] = [53, 33];

/** West, south, east and north of each feature, one after the other; of one without a place, those of nothing. */
export function boxesOf(features: readonly LayerFeature[]): Float64Array {
  const boxes = new Float64Array(features.length * 4);
  for (let index = 0; index < features.length; index++) {
    const [minX, minY, maxX, maxY] = computeBounds([features[index]?.geometry ?? null]) ?? NOTHING;
    const at = index * 4;
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
  // The place on the curve and the number of the feature as one number: typed arrays of numbers sort fast.
  const numberBits = Math.ceil(Math.log2(Math.max(2, count)));
  const numbers = 2 ** numberBits;
  const coarser = 2 ** Math.max(0, CURVE_BITS + numberBits - EXACT_BITS);
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const at = index * 4;
    const [minX, minY, maxX, maxY] = [
      boxes[at] ?? 0,
      boxes[at + 1] ?? 0,
      boxes[at + 2] ?? 0,
      boxes[at + 3] ?? 0,
    ];
    const column = Math.floor(((minX + maxX) / 2 - west) * scaleX);
    const row = Math.floor(((minY + maxY) / 2 - south) * scaleY);
    const place = minX > maxX ? NOWHERE : placeOnCurve(column, row);
    keys[index] = Math.floor(place / coarser) * numbers + index;
  }
  keys.sort();
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = (keys[index] ?? 0) % numbers;
  return order;
}

/** How far along a Hilbert curve through CELLS times CELLS cells a cell is (Warren, Hacker's Delight, figure 16-9). */
function placeOnCurve(x: number, y: number): number {
  let place = 0;
  let [column, row] = [x, y];
  for (let side = CELLS / 2; side >= 1; side /= 2) {
    const right = (column & side) === 0 ? 0 : 1;
    const upper = (row & side) === 0 ? 0 : 1;
    place += side * side * ((3 * right) ^ upper);
    if (upper === 1) continue;
    const turned = right === 1 ? CELLS - 1 - column : column;
    column = right === 1 ? CELLS - 1 - row : row;
    row = turned;
  }
  return place;
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
  const [minX, minY, maxX, maxY] = [
    boxes[at] ?? 0,
    boxes[at + 1] ?? 0,
    boxes[at + 2] ?? 0,
    boxes[at + 3] ?? 0,
  ];
  if (minX < (box[0] ?? 0)) box[0] = minX;
  if (minY < (box[1] ?? 0)) box[1] = minY;
  if (maxX > (box[2] ?? 0)) box[2] = maxX;
  if (maxY > (box[3] ?? 0)) box[3] = maxY;
}
