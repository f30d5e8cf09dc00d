import type { Position } from 'geojson';

/** Distance in units of the CRS below which vertices count as one. */
const NEAR = 1e-5;

/** The ring in the sense of a clock. It decides about edges that run exactly through the centres of a row. */
export const clockwise = (ring: readonly Position[]): readonly Position[] =>
  isClockwise(ring) ? ring : ring.toReversed();

/**
 * Whether a closed ring runs in the sense of a clock, as OGR finds it: by the turn at its lowest, then rightmost vertex;
 * by its area where vertices coincide there.
 */
function isClockwise(ring: readonly Position[]): boolean {
  const length = ring.length;
  if (length < 2) return true;
  const x = (index: number) => ring[index]?.[0] ?? Number.NaN;
  const y = (index: number) => ring[index]?.[1] ?? Number.NaN;
  let lowest = 0;
  let coincide = false;
  for (let index = 1; index < length - 1; index++) {
    if (y(index) < y(lowest) || (y(index) === y(lowest) && x(index) > x(lowest))) {
      lowest = index;
      coincide = false;
    } else if (y(index) === y(lowest) && x(index) === x(lowest)) coincide = true;
  }
  const isNear = (index: number) =>
    Math.abs(x(index) - x(lowest)) < NEAR && Math.abs(y(index) - y(lowest)) < NEAR;
  const previous = lowest === 0 ? length - 2 : lowest - 1;
  const next = lowest + 1 >= length - 1 ? 0 : lowest + 1;
  if (!coincide && !isNear(previous) && !isNear(next)) {
    const turn =
      (x(next) - x(lowest)) * (y(previous) - y(lowest)) - (x(previous) - x(lowest)) * (y(next) - y(lowest));
    if (turn !== 0) return turn < 0;
  }
  let area = x(0) * (y(1) - y(length - 1));
  for (let index = 1; index < length - 1; index++) area += x(index) * (y(index + 1) - y(index - 1));
  area += x(length - 1) * (y(0) - y(length - 2));
  return area < 0;
}
