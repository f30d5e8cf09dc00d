import type { Segments } from './crossings.ts';

/**
 * The curve at a distance from lines on both sides, roughly: each segment moved to its left and to its right, and its
 * ends joined around each vertex in two steps a side. It crosses itself where the curve does that GEOS makes of a buffer
 * before it unites it, whatever the number of segments in its arcs.
 */
export function offsetCurve(segments: Segments, distance: number): Segments {
  const curve: number[] = [];
  for (let at = 0; at < segments.length; at += 4) {
    const [x1, y1, x2, y2] = segments.subarray(at, at + 4) as Iterable<number> as [
      number,
      number,
      number,
      number,
    ];
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length === 0) continue;
    const [dx, dy] = [((x2 - x1) / length) * distance, ((y2 - y1) / length) * distance];
    curve.push(x1 - dy, y1 + dx, x2 - dy, y2 + dx);
    curve.push(x1 + dy, y1 - dx, x2 + dy, y2 - dx);
    curve.push(x2 - dy, y2 + dx, x2 + dx, y2 + dy);
    curve.push(x2 + dx, y2 + dy, x2 + dy, y2 - dx);
  }
  return Float64Array.from(curve);
}
