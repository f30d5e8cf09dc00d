import type { Bounds } from '../../geometry/bounds.ts';

/**
 * What can be told of geometries without making them from their WKB. It must be little-endian ISO WKB, as
 * `WkbWriter` and GEOS write it.
 */

/** @param stride bytes from one position to the next; each is two numbers and perhaps a height. */
type Run = (view: DataView, offset: number, count: number, stride: number) => void;

const typeAt = (view: DataView, offset: number): number => view.getUint32(offset + 1, true) % 1000;

const makeView = (wkb: Uint8Array): DataView => new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);

/** Calls back with each run of positions; returns where the geometry ends. */
function eachRunIn(view: DataView, start: number, run: Run): number {
  const stride = view.getUint32(start + 1, true) >= 1000 ? 24 : 16;
  let offset = start + 5;
  const count = (): number => {
    const value = view.getUint32(offset, true);
    offset += 4;
    return value;
  };
  const line = (length: number): void => {
    run(view, offset, length, stride);
    offset += length * stride;
  };
  switch (typeAt(view, start)) {
    case 1:
      // An empty point is written as NaN.
      if (Number.isNaN(view.getFloat64(offset, true))) return offset + stride;
      line(1);
      return offset;
    case 2:
      line(count());
      return offset;
    case 3:
      for (let rings = count(); rings > 0; rings--) line(count());
      return offset;
    default:
      for (let parts = count(); parts > 0; parts--) offset = eachRunIn(view, offset, run);
      return offset;
  }
}

/** Calls back with each run of positions: points, lines and rings. */
export const eachRunInWkb = (wkb: Uint8Array, run: Run): void => {
  eachRunIn(makeView(wkb), 0, run);
};

/** The parts of a geometry of several, each as WKB of its own: views. */
export function listWkbParts(wkb: Uint8Array): Uint8Array[] {
  const view = makeView(wkb);
  const parts: Uint8Array[] = [];
  let start = 9;
  for (let left = view.getUint32(5, true); left > 0; left--) {
    const end = eachRunIn(view, start, () => {});
    parts.push(wkb.subarray(start, end));
    start = end;
  }
  return parts;
}

/** Number of the type in WKB: 1 of points to 7 of collections. */
export const readWkbType = (wkb: Uint8Array): number => readTypeCode(wkb) % 1000;

/** Whether the positions of ISO WKB have heights. */
export const hasWkbZ = (wkb: Uint8Array): boolean => readTypeCode(wkb) >= 1000;

const readTypeCode = (wkb: Uint8Array): number => (wkb[1] ?? 0) + (wkb[2] ?? 0) * 256;

/** Number of positions, ends of rings counted twice as in GeoJSON. */
export function countWkbVertices(wkb: Uint8Array): number {
  let vertices = 0;
  eachRunInWkb(wkb, (_, __, count) => {
    vertices += count;
  });
  return vertices;
}

/** Bounding box; undefined of empty geometries. */
export function computeWkbBounds(wkb: Uint8Array): Bounds | undefined {
  let [xmin, ymin, xmax, ymax] = [Infinity, Infinity, -Infinity, -Infinity];
  eachRunInWkb(wkb, (view, offset, count, stride) => {
    for (let at = offset; at < offset + count * stride; at += stride) {
      const x = view.getFloat64(at, true);
      const y = view.getFloat64(at + 8, true);
      if (x < xmin) xmin = x;
      if (x > xmax) xmax = x;
      if (y < ymin) ymin = y;
      if (y > ymax) ymax = y;
    }
  });
  return xmin > xmax ? undefined : [xmin, ymin, xmax, ymax];
}

/** Whether positions have measures (M), by the type at the beginning of WKB of any kind; false where it is too short. */
export function hasMeasures(wkb: Uint8Array): boolean {
  if (wkb.length < 5) return false;
  const raw = makeView(wkb).getUint32(1, wkb[0] === 1);
  const form = Math.floor((raw & 0x0fff_ffff) / 1000);
  return (raw & 0x4000_0000) !== 0 || form === 2 || form === 3;
}
