import type { Projection } from './formulas.ts';
import type { Place } from './place.ts';

/** Metres to the south and the west of the place about which the corrections are (EPSG guidance note 7-2, method 1042). */
const MIDDLE = { south: 1_089_000, west: 654_000 };
const [C1, C2, C3, C4, C5, C6, C7, C8, C9, C10] = [
  2.946529277e-2, 2.515965696e-2, 1.193845912e-7, -4.668270147e-7, 9.233980362e-12, 1.523735715e-12,
  1.696780024e-18, 4.408314235e-18, -8.331083518e-24, -3.689471323e-24,
] as const;

/** Corrections of a place of Krovak's projection, in metres to the south and the west. */
function correction(south: number, west: number): readonly [south: number, west: number] {
  const [x, y] = [south - MIDDLE.south, west - MIDDLE.west];
  const [x2, y2] = [x * x, y * y];
  const fourth = x2 * x2 + y2 * y2 - 6 * x2 * y2;
  return [
    C1 +
      C3 * x -
      C4 * y -
      2 * C6 * x * y +
      C5 * (x2 - y2) +
      C7 * x * (x2 - 3 * y2) -
      C8 * y * (3 * x2 - y2) +
      4 * C9 * x * y * (x2 - y2) +
      C10 * fourth,
    C2 +
      C3 * y +
      C4 * x +
      2 * C5 * x * y +
      C6 * (x2 - y2) +
      C8 * x * (x2 - 3 * y2) +
      C7 * y * (3 * x2 - y2) -
      4 * C10 * x * y * (x2 - y2) +
      C9 * fourth,
  ];
}

/** Krovak's projection as it was modified for the datum S-JTSK/05. @param krovak the projection, its axes to the east and north */
export const modifiedKrovak = (krovak: Projection): Projection => ({
  ...krovak,
  names: ['mod_krovak'],
  forward(place: Place) {
    const moved = krovak.forward.call(this, place);
    const { x0 = 0, y0 = 0 } = this;
    const [south, west] = correction(-moved.y - y0, -moved.x - x0);
    moved.x += west;
    moved.y += south;
    return moved;
  },
  inverse(place: Place) {
    const { x0 = 0, y0 = 0 } = this;
    // The corrections are so small and smooth that those of the corrected place are the same.
    let [south, west] = correction(-place.y - y0, -place.x - x0);
    for (let step = 0; step < 3; step++)
      [south, west] = correction(-place.y - y0 + south, -place.x - x0 + west);
    place.x -= west;
    place.y -= south;
    return krovak.inverse.call(this, place);
  },
});
