import { incircle, orient2d } from 'robust-predicates';

/**
 * Twice the signed area of the triangle of three points, positive where it is counter-clockwise: the sign is exact
 * (J. R. Shewchuk, Adaptive precision floating-point arithmetic, 1997).
 *
 * @param xy x and y of each point in turn.
 */
export const orientation = (xy: Float64Array, a: number, b: number, c: number): number =>
  // The library counts y to the south.
  -orient2d(
    xy[a * 2] ?? 0,
    xy[a * 2 + 1] ?? 0,
    xy[b * 2] ?? 0,
    xy[b * 2 + 1] ?? 0,
    xy[c * 2] ?? 0,
    xy[c * 2 + 1] ?? 0,
  );

/** True when the point d lies inside the circle around the counter-clockwise triangle a b c; exact. */
export const isInCircle = (xy: Float64Array, a: number, b: number, c: number, d: number): boolean =>
  incircle(
    xy[a * 2] ?? 0,
    xy[a * 2 + 1] ?? 0,
    xy[b * 2] ?? 0,
    xy[b * 2 + 1] ?? 0,
    xy[c * 2] ?? 0,
    xy[c * 2 + 1] ?? 0,
    xy[d * 2] ?? 0,
    xy[d * 2 + 1] ?? 0,
  ) > 0;
