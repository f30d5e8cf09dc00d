import { type Projection, projectionOf, solve } from './formulas.ts';
import { straightParallels } from './parallels.ts';

type Cubic = readonly [number, number, number, number];

/**
 * Lengths of parallels and their distances from the equator, every five degrees, as polynomials of the degrees to the next one
 * (A. H. Robinson, 1963, interpolated by H. Bahram and G. I. Evenden); PROJ has them in single precision.
 */
const table: readonly (readonly [length: Cubic, distance: Cubic])[] = (
  [
    [
      [1.0, 2.2199e-17, -7.15515e-5, 3.1103e-6],
      [-5.20417e-18, 0.0124, 1.21431e-18, -8.45284e-11],
    ],
    [
      [0.9986, -0.000482243, -2.4897e-5, -1.3309e-6],
      [0.062, 0.0124, -1.26793e-9, 4.22642e-10],
    ],
    [
      [0.9954, -0.00083103, -4.48605e-5, -9.86701e-7],
      [0.124, 0.0124, 5.07171e-9, -1.60604e-9],
    ],
    [
      [0.99, -0.00135364, -5.9661e-5, 3.6777e-6],
      [0.186, 0.0123999, -1.90189e-8, 6.00152e-9],
    ],
    [
      [0.9822, -0.00167442, -4.49547e-6, -5.72411e-6],
      [0.248, 0.0124002, 7.10039e-8, -2.24e-8],
    ],
    [
      [0.973, -0.00214868, -9.03571e-5, 1.8736e-8],
      [0.31, 0.0123992, -2.64997e-7, 8.35986e-8],
    ],
    [
      [0.96, -0.00305085, -9.00761e-5, 1.64917e-6],
      [0.372, 0.0124029, 9.88983e-7, -3.11994e-7],
    ],
    [
      [0.9427, -0.00382792, -6.53386e-5, -2.6154e-6],
      [4.34e-1, 0.0123893, -3.69093e-6, -4.35621e-7],
    ],
    [
      [0.9216, -0.00467746, -0.00010457, 4.81243e-6],
      [0.4958, 0.0123198, -1.02252e-5, -3.45523e-7],
    ],
    [
      [0.8962, -0.00536223, -3.23831e-5, -5.43432e-6],
      [0.5571, 0.0121916, -1.54081e-5, -5.82288e-7],
    ],
    [
      [0.8679, -0.00609363, -0.000113898, 3.32484e-6],
      [0.6176, 0.0119938, -2.41424e-5, -5.25327e-7],
    ],
    [
      [0.835, -0.00698325, -6.40253e-5, 9.34959e-7],
      [0.6769, 0.011713, -3.20223e-5, -5.16405e-7],
    ],
    [
      [0.7986, -0.00755338, -5.00009e-5, 9.35324e-7],
      [0.7346, 0.0113541, -3.97684e-5, -6.09052e-7],
    ],
    [
      [0.7597, -0.00798324, -3.5971e-5, -2.27626e-6],
      [0.7903, 0.0109107, -4.89042e-5, -1.04739e-6],
    ],
    [
      [0.7186, -0.00851367, -7.01149e-5, -8.6303e-6],
      [0.8435, 0.0103431, -6.4615e-5, -1.40374e-9],
    ],
    [
      [0.6732, -0.00986209, -0.000199569, 1.91974e-5],
      [0.8936, 0.00969686, -6.4636e-5, -8.547e-6],
    ],
    [
      [0.6213, -0.010418, 8.83923e-5, 6.24051e-6],
      [0.9394, 0.00840947, -0.000192841, -4.2106e-6],
    ],
    [
      [0.5722, -0.00906601, 0.000182, 6.24051e-6],
      [0.9761, 0.00616527, -0.000256, -4.2106e-6],
    ],
    [
      [0.5322, -0.00677797, 0.000275608, 6.24051e-6],
      [1.0, 0.00328947, -0.000319159, -4.2106e-6],
    ],
  ] as const
).map(([length, distance]) => [single(length), single(distance)]);

function single([a, b, c, d]: Cubic): Cubic {
  return [Math.fround(a), Math.fround(b), Math.fround(c), Math.fround(d)];
}

const ACROSS = 0.8487;
const ALONG = 1.3523;
const DEGREES = 180 / Math.PI;
const STEP = 5;
const ROUNDING = 1e-9;
const LAST = table.length - 1;

const value = ([a, b, c, d]: Cubic, at: number): number => a + at * (b + at * (c + at * d));
const slope = ([, b, c, d]: Cubic, at: number): number => b + at * (2 * c + at * 3 * d);

/** The row of the table for a latitude in degrees, and the degrees from there. */
function rowAt(degrees: number): readonly [row: (typeof table)[number], rest: number] {
  const index = Math.min(LAST, Math.floor(degrees / STEP + 1e-12));
  const row = table[index];
  if (!row) throw new Error('The table ends before the latitude.');
  return [row, degrees - STEP * index];
}

function latitudeAt(y: number): number {
  const distance = Math.abs(y) / ALONG;
  // Beyond the pole: the caller tells rounding from what is no place.
  if (distance >= 1) return Math.sign(y) * (Math.PI / 2 + distance - 1);
  let index = LAST - 1;
  // Lengths jump by metres from row to row: of what lies between two by rounding, the upper one.
  while (index > 0 && (table[index]?.[1][0] ?? 0) > distance + ROUNDING) index--;
  const [row] = rowAt(STEP * index);
  const rest = solve(0, (at) => (value(row[1], at) - distance) / slope(row[1], at));
  return (Math.sign(y) * (STEP * index + rest)) / DEGREES;
}

/** By the name that PROJ has for it. */
export const robinson: Projection = projectionOf('robin', () =>
  straightParallels((latitude) => {
    if (Number.isNaN(latitude)) return { y: Number.NaN, width: Number.NaN };
    const [[length, distance], rest] = rowAt(Math.abs(latitude) * DEGREES);
    return { y: Math.sign(latitude) * ALONG * value(distance, rest), width: ACROSS * value(length, rest) };
  }, latitudeAt),
);
