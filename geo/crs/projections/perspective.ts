import { type Formulas, lose, type Projection, projectionOf } from './formulas.ts';

const { asin, atan2, cos, hypot, sin, sqrt } = Math;

/** The globe as seen from a height above a place (J. P. Snyder 1987, page 173), a sphere as in PROJ. */
function nearSide(latitude: number, height: number): Formulas {
  const [sin0, cos0] = [sin(latitude), cos(latitude)];
  const distance = 1 + height;
  return {
    forward: (place) => {
      const [s, c] = [sin(place.y), cos(place.y)];
      const cosine = sin0 * s + cos0 * c * cos(place.x);
      if (cosine < 1 / distance) return lose(place);
      const scale = height / (distance - cosine);
      const { x } = place;
      place.x = scale * c * sin(x);
      place.y = scale * (cos0 * s - sin0 * c * cos(x));
    },
    inverse: (place) => {
      const { x, y } = place;
      const radius = hypot(x, y);
      if (radius === 0) {
        place.y = latitude;
        return;
      }
      const rest = 1 - (radius * radius * (distance + 1)) / height;
      if (rest < 0) return lose(place);
      const sine = (distance - sqrt(rest)) / (height / radius + radius / height);
      const cosine = sqrt(1 - sine * sine);
      place.y = asin(cosine * sin0 + (y * sine * cos0) / radius);
      place.x = atan2(x * sine, radius * cos0 * cosine - y * sin0 * sine);
    },
  };
}

/** By the name that PROJ has for it. */
export const perspective: Projection = projectionOf('nsper', ({ lat0 = 0, h, a }) =>
  nearSide(lat0, Number(h) / a),
);
