import { EDGE, type Formulas, lose, type Projection, projectionOf } from './formulas.ts';
import { searchPlace } from './search-place.ts';

const { PI, abs, acos, asin, cos, hypot, sign, sqrt, tan } = Math;

/**
 * The globe in a circle (A. J. van der Grinten, 1904; J. P. Snyder 1987, page 241), in formulas that keep their digits near the
 * central meridian, where those of Snyder and PROJ are differences of large numbers.
 */
const vanDerGrinten: Formulas = {
  forward: (place) => {
    const [longitude, latitude] = [abs(place.x), abs(place.y)];
    const [east, north] = [sign(place.x), sign(place.y)];
    if (latitude === 0) return;
    const sine = Math.min(1, (2 * latitude) / PI);
    const t = tan(asin(sine) / 2);
    const [t2, t3] = [t * t, t * t * t];
    const [g, p] = [1 + t, 1 + t3];
    if (sine === 1) {
      place.x = 0;
      place.y = north * PI;
      return;
    }
    if (longitude === 0) {
      place.x = 0;
      place.y = (north * PI * 2 * t) / (p + sqrt(Math.max(0, p * p - 4 * t3)));
      return;
    }
    const a = (PI / longitude - longitude / PI) / 2;
    const rest = p * p - t2 * g * g;
    const root = sqrt(Math.max(0, a * a * (p * p - 4 * t3) + rest));
    place.x =
      (east * PI * (2 * g * t3 * a + (p * (rest - 4 * t3 * a * a)) / (root + p * a))) /
      (4 * t2 * t2 * a * a + p * p);
    place.y = (north * PI * (2 * t * a * a + (g * g) / 2)) / (p * (a * a + g / (2 * t)) + a * root);
  },
  inverse: (place) => {
    const [x, y] = [place.x / PI, place.y / PI];
    const square = x * x + y * y;
    if (square > 1 + EDGE) return lose(place);
    const wanted = { ...place };
    place.x = x === 0 ? 0 : (2 * PI * x) / (1 - square + hypot(1 - square, 2 * x));
    // About the poles latitudes hang on the last digits.
    if (Math.abs(y) > 1 - 1e-9) {
      place.x = 0;
      place.y = (sign(y) * PI) / 2;
      return;
    }
    if (Math.abs(y) < 1e-10) {
      place.y = 0;
      return;
    }
    const c1 = -abs(y) * (1 + square);
    const c2 = c1 - 2 * y * y + x * x;
    const c3 = -2 * c1 + 1 + 2 * y * y + square * square;
    const third = c2 / (3 * c3);
    const a1 = (c1 - (c2 * c2) / (3 * c3)) / c3;
    const m1 = 2 * sqrt(-a1 / 3);
    const d = (y * y) / c3 + (2 * third ** 3 - (third * c1) / c3);
    const angle = acos(Math.max(-1, Math.min(1, (3 * d) / (a1 * m1)))) / 3;
    place.y = sign(y) * PI * (-m1 * cos(angle + PI / 3) - third);
    const start = { ...place };
    Object.assign(place, wanted);
    searchPlace(place, start, vanDerGrinten.forward);
  },
};

/** By the name that PROJ has for it. */
export const grinten: Projection = projectionOf('vandg', () => vanDerGrinten);
