import {
  arcSine,
  type Formulas,
  type Parameters,
  type Projection,
  projectionOf,
  wrapped,
} from './formulas.ts';

const { abs, acos, atan2, cos, hypot, sin, sqrt, tan } = Math;

const arcCosine = (value: number): number => acos(Math.max(-1, Math.min(1, value)));

/**
 * Distances from two places are true (H. Maurer, C. F. Close, 1919). The formulas for the way back are those of the transverse aspect of
 * G. I. Evenden's programs.
 */
function twoPointEquidistant({ lat1 = 0, long1 = 0, lat2 = 0, long2 = 0 }: Parameters): Formulas {
  const [sin1, cos1, sin2, cos2] = [sin(lat1), cos(lat1), sin(lat2), cos(lat2)];
  const between = wrapped(long2 - long1);
  const half = between / 2;
  const arc = arcCosine(sin1 * sin2 + cos1 * cos2 * cos(between));
  const halfArc = arc / 2;
  const azimuth = atan2(cos2 * sin(between), cos1 * sin2 - sin1 * cos2 * cos(between));
  // The pole of the great circle through both.
  const pole = arcSine(cos1 * sin(azimuth));
  const along = wrapped(atan2(cos1 * cos(azimuth), sin1) - halfArc);
  const middle = Math.PI / 2 - atan2(sin(azimuth) * sin1, cos(azimuth)) - half;
  return {
    forward: (place) => {
      const [s, c] = [sin(place.y), cos(place.y)];
      const [to1, to2] = [place.x + half, place.x - half];
      const first = arcCosine(sin1 * s + cos1 * c * cos(to1)) ** 2;
      const second = arcCosine(sin2 * s + cos2 * c * cos(to2)) ** 2;
      const difference = first - second;
      const rest = arc * arc - difference;
      const isBelow =
        cos1 * cos2 * sin(between) * s - c * (cos1 * sin2 * sin(to1) - sin1 * cos2 * sin(to2)) < 0;
      place.x = difference / (2 * arc);
      place.y = (sqrt(Math.max(0, 4 * arc * arc * second - rest * rest)) / (2 * arc)) * (isBelow ? -1 : 1);
    },
    inverse: (place) => {
      const near1 = cos(hypot(place.y, place.x + halfArc));
      const near2 = cos(hypot(place.y, place.x - halfArc));
      const [sum, difference] = [near1 + near2, near1 - near2];
      const longitude = -atan2(difference, sum * tan(halfArc)) - along;
      const latitude =
        arcCosine(hypot(tan(halfArc) * sum, difference) / (2 * sin(halfArc))) * (place.y < 0 ? -1 : 1);
      const [s, c] = [sin(latitude), cos(latitude)];
      place.y = arcSine(sin(pole) * s + cos(pole) * c * cos(longitude));
      place.x = wrapped(atan2(c * sin(longitude), sin(pole) * c * cos(longitude) - cos(pole) * s) + middle);
    },
  };
}

/** The middle between two longitudes. */
function middleOf({ long1 = 0, long2 = 0 }: Parameters): number {
  const middle = (long1 + long2) / 2;
  return wrapped(abs(long1 - long2) > Math.PI ? middle + Math.PI : middle);
}

const projection = projectionOf('tpeqd', twoPointEquidistant);

/** By the name that PROJ has for it. */
export const twoPoint: Projection = {
  ...projection,
  init() {
    this.long0 = middleOf(this);
    projection.init.call(this);
  },
};
