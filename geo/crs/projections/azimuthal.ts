import { arcSine, EDGE, type Formulas, lose, type Projection, projectionOf } from './formulas.ts';
import type { Place } from './place.ts';
import { searchPlace } from './search-place.ts';

const { PI, acos, asin, atan2, cos, hypot, sin, sqrt } = Math;

/** Arc of a great circle from the middle of the map. */
const arcTo = (longitude: number, latitude: number): number =>
  acos(Math.min(1, Math.max(-1, cos(latitude) * cos(longitude))));

const ratio = (one: number, other: number): number => (other === 0 ? 1 : one / other);

/** The equatorial azimuthal equidistant projection of half the globe, stretched to all of it (D. A. Aitoff, 1889). */
const aitoff: Formulas = {
  forward: (place) => {
    const half = place.x / 2;
    const arc = arcTo(half, place.y);
    const stretch = ratio(arc, sin(arc));
    place.x = 2 * stretch * cos(place.y) * sin(half);
    place.y = stretch * sin(place.y);
  },
  inverse: (place) => {
    const arc = hypot(place.x / 2, place.y);
    if (arc > PI / 2 + EDGE) return lose(place);
    const shrunk = ratio(sin(arc), arc);
    const { x, y } = place;
    place.y = arcSine(y * shrunk);
    place.x = 2 * atan2((x / 2) * shrunk, cos(arc));
  },
};

/** The equal-area azimuthal projection in the same way (E. Hammer, 1892), for part of the longitudes. */
const equalAreaOfPart = (part: number, xScale: number, yScale: number, latitudes: number): Formulas => ({
  forward: (place) => {
    const sine = latitudes * sin(place.y);
    const cosine = sqrt(1 - sine * sine);
    const longitude = place.x * part;
    const stretch = 1 / sqrt((1 + cosine * cos(longitude)) / 2);
    place.x = xScale * stretch * cosine * sin(longitude);
    place.y = yScale * stretch * sine;
  },
  inverse: (place) => {
    const [x, y] = [place.x / xScale, place.y / yScale];
    const half = hypot(x, y) / 2;
    const arc = 2 * asin(half);
    const shrunk = ratio(sin(arc), 2 * half);
    place.y = arcSine((y * shrunk) / latitudes);
    place.x = atan2(x * shrunk, cos(arc)) / part;
  },
});

/** Half of Aitoff's projection, half a cylindrical one true at a parallel (O. Winkel, 1921). */
function winkelTripel(parallel: number): Formulas {
  const width = cos(parallel);
  const forward = (place: Place): void => {
    const { x, y } = place;
    aitoff.forward(place);
    place.x = (place.x + x * width) / 2;
    place.y = (place.y + y) / 2;
  };
  return {
    forward,
    inverse: (place) => {
      const start = { x: (2 * place.x) / (1 + width), y: place.y };
      start.x = Math.max(-PI, Math.min(PI, start.x));
      start.y = Math.max(-PI / 2, Math.min(PI / 2, start.y));
      searchPlace(place, start, forward);
    },
  };
}

/** Parallel where Winkel's third projection is true in his words; others say their own. */
const WINKEL = acos(2 / PI);

/** By the names that PROJ has for them. */
export const azimuthal: readonly Projection[] = [
  projectionOf('aitoff', () => aitoff),
  projectionOf('hammer', () => equalAreaOfPart(1 / 2, 2, 1, 1)),
  projectionOf('wag7', () => equalAreaOfPart(1 / 3, 2.66723, 1.24104, 0.90630778703665)),
  projectionOf('wintri', ({ lat1: parallel = WINKEL }) => winkelTripel(parallel)),
];
