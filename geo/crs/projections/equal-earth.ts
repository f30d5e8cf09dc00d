import { arcSine, type Formulas, type Projection, projectionOf, solve } from './formulas.ts';
import { straightParallels } from './parallels.ts';

const { abs, asin, cos, log, sin, sqrt } = Math;

/** B. Šavrič, T. Patterson, B. Jenny, The Equal Earth map projection (2018). */
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796] as const;
const M = sqrt(3) / 2;

const height = (t: number): number => t * (A1 + t ** 2 * A2 + t ** 6 * (A3 + A4 * t ** 2));
const slope = (t: number): number => A1 + 3 * A2 * t ** 2 + t ** 6 * (7 * A3 + 9 * A4 * t ** 2);

/** Sine of the authalic latitude, times that at the pole (Snyder 1987, equation 3-12). */
function authalicSine(es: number, sine: number): number {
  if (es === 0) return 2 * sine;
  const e = sqrt(es);
  return (1 - es) * (sine / (1 - es * sine * sine) - log((1 - e * sine) / (1 + e * sine)) / (2 * e));
}

/** Latitude with an authalic one: a series (equation 3-18), corrected where the poles are far enough away. */
function latitudeFrom(es: number, authalic: number, q: number): number {
  const latitude =
    authalic +
    es * (1 / 3 + es * (31 / 180 + (es * 517) / 5040)) * sin(2 * authalic) +
    es * es * (23 / 360 + (es * 251) / 3780) * sin(4 * authalic) +
    ((es ** 3 * 761) / 45360) * sin(6 * authalic);
  if (cos(latitude) < 0.01) return latitude;
  return solve(latitude, (tried) => {
    const s = sin(tried);
    return ((authalicSine(es, s) - q) * (1 - es * s * s) ** 2) / (2 * (1 - es) * cos(tried));
  });
}

function equalEarthOf(es: number): Formulas {
  const pole = authalicSine(es, 1);
  const radius = sqrt(pole / 2);
  return straightParallels(
    (latitude) => {
      const t = asin((M * authalicSine(es, sin(latitude))) / pole);
      return { y: radius * height(t), width: (radius * cos(t)) / (M * slope(t)) };
    },
    (y) => {
      const t = solve(y / radius, (tried) => (height(tried) - y / radius) / slope(tried));
      if (!(abs(t) < 1.1)) return Number.NaN;
      const authalic = arcSine(sin(t) / M);
      return latitudeFrom(es, authalic, pole * sin(authalic));
    },
  );
}

/** By the name that PROJ has for it. */
export const equalEarth: Projection = projectionOf('eqearth', ({ es }) => equalEarthOf(es));
