import type { Segments } from '../../geometry/crossings.ts';
import { countWkbVertices, eachRunInWkb } from './wkb-measures.ts';

/**
 * The segments of lines and rings; points have none.
 *
 * @param wkb little-endian ISO WKB
 * @param least positions nearer to the one before are left out, in the unit of the coordinates
 */
export function listWkbSegments(wkb: Uint8Array, least = 0): Segments {
  const segments = new Float64Array(countWkbVertices(wkb) * 4);
  let length = 0;
  eachRunInWkb(wkb, (view, offset, count, stride) => {
    if (count === 0) return;
    let x = view.getFloat64(offset, true);
    let y = view.getFloat64(offset + 8, true);
    for (let at = offset + stride; at < offset + count * stride; at += stride) {
      const toX = view.getFloat64(at, true);
      const toY = view.getFloat64(at + 8, true);
      if (least > 0 && Math.hypot(toX - x, toY - y) < least) continue;
      segments[length] = x;
      segments[length + 1] = y;
      segments[length + 2] = toX;
      segments[length + 3] = toY;
      length += 4;
      [x, y] = [toX, toY];
    }
  });
  return segments.subarray(0, length);
}
