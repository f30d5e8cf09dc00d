import { EDGE } from './formulas.ts';
import type { Place } from './place.ts';

const { PI, abs, hypot } = Math;

const STEPS = 100;
/** Of the sphere: a hundredth of a micrometre on Earth. */
const NEAR = 2e-15;
const DIFFERENCE = 1e-7;

/** Finds the place that formulas lead to another, from one nearby, by Newton's method in two dimensions. */
export function searchPlace(place: Place, start: Place, forward: (place: Place) => void): void {
  const wanted = { ...place };
  const at = (x: number, y: number): Place => {
    const moved = { x, y };
    forward(moved);
    return { x: moved.x - wanted.x, y: moved.y - wanted.y };
  };
  let { x, y } = start;
  let miss = at(x, y);
  for (let step = 0; step < STEPS && hypot(miss.x, miss.y) > NEAR; step++) {
    // Differences towards the middle: the formulas end at the edge of the map.
    const [dx, dy] = [x > 0 ? -DIFFERENCE : DIFFERENCE, y > 0 ? -DIFFERENCE : DIFFERENCE];
    const [besides, above] = [at(x + dx, y), at(x, y + dy)];
    const [xx, yx] = [(besides.x - miss.x) / dx, (besides.y - miss.y) / dx];
    const [xy, yy] = [(above.x - miss.x) / dy, (above.y - miss.y) / dy];
    const area = xx * yy - xy * yx;
    const [east, north] = [(miss.x * yy - miss.y * xy) / area, (miss.y * xx - miss.x * yx) / area];
    let share = 1;
    let next = at(x - east, y - north);
    // A step that leads farther away is made shorter.
    while (hypot(next.x, next.y) > hypot(miss.x, miss.y) && share > 1e-6) {
      share /= 2;
      next = at(x - share * east, y - share * north);
    }
    if (share <= 1e-6) break;
    [x, y, miss] = [x - share * east, y - share * north, next];
  }
  const isFound = hypot(miss.x, miss.y) <= EDGE && abs(y) <= PI / 2 + EDGE;
  place.x = isFound ? x : Number.NaN;
  place.y = isFound ? Math.max(-PI / 2, Math.min(PI / 2, y)) : Number.NaN;
}
