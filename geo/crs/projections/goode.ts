import { EDGE, type Formulas, lose, type Projection, projectionOf } from './formulas.ts';
import { likeMollweide, straightParallels } from './parallels.ts';
import type { Place } from './place.ts';

const { PI, SQRT2, abs, cos, sign } = Math;
const RADIANS = PI / 180;

/** The parallel on which sinusoidal and Mollweide's projection are equally long: 40 degrees 44' 11.8". */
const MEETING = (40 + 44 / 60 + 11.8 / 3600) * RADIANS;

const sinusoidal: Formulas = straightParallels(
  (latitude) => ({ y: latitude, width: cos(latitude) }),
  (y) => y,
);
const mollweide: Formulas = likeMollweide((2 * SQRT2) / PI, SQRT2, PI);

/** By how much Mollweide's projection lies further from the equator there. */
const shift = (() => {
  const place: Place = { x: 0, y: MEETING };
  mollweide.forward(place);
  return place.y - MEETING;
})();

/** Sinusoidal about the equator, Mollweide's projection beyond (J. P. Goode, 1923), in one piece. */
const homolosine = (meeting: number, lowered: number): Formulas => ({
  forward: (place) => {
    const side = sign(place.y);
    if (abs(place.y) <= meeting) return sinusoidal.forward(place);
    mollweide.forward(place);
    place.y -= side * lowered;
  },
  inverse: (place) => {
    const side = sign(place.y);
    if (abs(place.y) <= meeting) return sinusoidal.inverse(place);
    place.y += side * lowered;
    mollweide.inverse(place);
  },
});

const ofLobe = homolosine(MEETING, shift);

/** A lobe of an interrupted map: its longitudes, and the one that is its middle. */
interface Lobe {
  readonly west: number;
  readonly east: number;
  readonly middle: number;
}

const lobes = (...degrees: readonly (readonly [west: number, middle: number, east: number])[]): Lobe[] =>
  degrees.map(([west, middle, east]) => ({
    west: west * RADIANS,
    middle: middle * RADIANS,
    east: east * RADIANS,
  }));

/** Interrupted in the oceans. */
const land = {
  north: lobes([-180, -100, -40], [-40, 30, 180]),
  south: lobes([-180, -160, -100], [-100, -60, -20], [-20, 20, 80], [80, 140, 180]),
};
/** Interrupted on the continents. */
const ocean = {
  north: lobes([-180, -140, -90], [-90, -10, 60], [60, 130, 180]),
  south: lobes([-180, -110, -60], [-60, 20, 90], [90, 150, 180]),
};

const interrupted = ({ north, south }: typeof land): Formulas => {
  const lobeAt = (x: number, y: number): Lobe | undefined => {
    const own = y >= 0 ? north : south;
    return own.find(({ east }) => x <= east) ?? own.at(-1);
  };
  return {
    forward: (place) => {
      const lobe = lobeAt(place.x, place.y);
      if (!lobe) return lose(place);
      place.x -= lobe.middle;
      ofLobe.forward(place);
      place.x += lobe.middle;
    },
    inverse: (place) => {
      // Borders of lobes are where they are on the equator.
      const lobe = lobeAt(place.x, place.y);
      if (!lobe) return lose(place);
      place.x -= lobe.middle;
      ofLobe.inverse(place);
      place.x += lobe.middle;
      // Between lobes there is nothing.
      const near = { x: Math.max(lobe.west, Math.min(lobe.east, place.x)), y: place.y };
      if (abs(near.x - place.x) * cos(place.y) > EDGE) lose(place);
      else place.x = near.x;
    },
  };
};

/** By the names that PROJ has for them. */
export const goode: readonly Projection[] = [
  // With the digits that PROJ has.
  projectionOf('goode', () => homolosine(0.7109307819790236, 0.0528)),
  projectionOf('igh', () => interrupted(land)),
  projectionOf('igh_o', () => interrupted(ocean)),
];
