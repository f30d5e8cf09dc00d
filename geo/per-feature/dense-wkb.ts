import { eachRunInWkb } from '../formats/wkb/wkb-measures.ts';
import type { Pieces } from '../geodesy/densify.ts';

/** Bytes of a position, and of the number of positions before each line and ring. */
const POSITION = 16;
const COUNT = 4;

/**
 * WKB of lines and polygons with more vertices, straight between those that they have.
 *
 * @param wkb little-endian ISO WKB without heights and without points.
 * @param pieces gets the lengths of edges, in units of the plane.
 */
export function denseWkb(wkb: Uint8Array, pieces: Pieces): Uint8Array {
  const counts: number[] = [];
  let added = 0;
  eachRunInWkb(wkb, (view, offset, count) => {
    for (let at = offset, edge = 1; edge < count; edge++, at += POSITION) {
      const across = view.getFloat64(at + POSITION, true) - view.getFloat64(at, true);
      const along = view.getFloat64(at + POSITION + 8, true) - view.getFloat64(at + 8, true);
      const cut = pieces(Math.hypot(across, along));
      counts.push(cut);
      added += cut - 1;
    }
  });
  if (added === 0) return wkb.slice();
  const dense = new Uint8Array(wkb.length + added * POSITION);
  const target = new DataView(dense.buffer);
  let [read, written, edges] = [0, 0, 0];
  const copyUntil = (end: number): void => {
    dense.set(wkb.subarray(read, end), written);
    written += end - read;
    read = end;
  };
  const put = (x: number, y: number): void => {
    target.setFloat64(written, x, true);
    target.setFloat64(written + 8, y, true);
    written += POSITION;
  };
  eachRunInWkb(wkb, (view, offset, count) => {
    copyUntil(offset);
    if (count === 0) return;
    const countAt = written - COUNT;
    let x = view.getFloat64(offset, true);
    let y = view.getFloat64(offset + 8, true);
    put(x, y);
    for (let at = offset + POSITION; at < offset + count * POSITION; at += POSITION) {
      const [nextX, nextY] = [view.getFloat64(at, true), view.getFloat64(at + 8, true)];
      const cut = counts[edges++] ?? 0;
      for (let piece = 1; piece < cut; piece++) {
        const share = piece / cut;
        put(x + (nextX - x) * share, y + (nextY - y) * share);
      }
      put(nextX, nextY);
      [x, y] = [nextX, nextY];
    }
    target.setUint32(countAt, (written - countAt - COUNT) / POSITION, true);
    read = offset + count * POSITION;
  });
  copyUntil(wkb.length);
  return dense;
}
