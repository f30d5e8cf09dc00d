import { arcSine, type Formulas, type Projection, projectionOf, solve } from './formulas.ts';
import { latitudeByNewton, likeMollweide, mollweideAngle, straightParallels } from './parallels.ts';

const { PI, abs, cos, sign, sin, sqrt, tan, atan } = Math;

/*
 * Constants and formulas: J. P. Snyder, P. M. Voxland, An Album of Map Projections (1989), and F. Canters, H. Decleir, The
 * World in Perspective (1989), with the digits that PROJ has.
 */

const eckert1 = (): Formulas => {
  const scale = 2 * sqrt(2 / (3 * PI));
  return straightParallels(
    (latitude) => ({ y: scale * latitude, width: scale * (1 - abs(latitude) / PI) }),
    (y) => y / scale,
  );
};

const eckert2 = (): Formulas => {
  const [across, along] = [2 / sqrt(6 * PI), sqrt((2 * PI) / 3)];
  const root = (latitude: number) => sqrt(4 - 3 * sin(abs(latitude)));
  return straightParallels(
    (latitude) => ({
      y: sign(latitude) * along * (2 - root(latitude)),
      width: across * root(latitude),
    }),
    (y) => sign(y) * arcSine((4 - (2 - abs(y) / along) ** 2) / 3),
  );
};

/** Parallels whose lengths follow an ellipse in the latitude. */
const ellipticalWidths = (across: number, along: number, least: number, flattening: number): Formulas =>
  straightParallels(
    (latitude) => ({
      y: along * latitude,
      width: across * (least + sqrt(Math.max(0, 1 - flattening * latitude ** 2))),
    }),
    (y) => y / along,
  );

const eckert4 = (): Formulas => {
  const [across, along] = [2 / sqrt(4 * PI + PI ** 2), 2 * sqrt(PI / (4 + PI))];
  const whole = 2 + PI / 2;
  const angle = (latitude: number): number => {
    const wanted = whole * sin(latitude);
    return solve(latitude / 2, (t) => {
      const [s, c] = [sin(t), cos(t)];
      const slope = 1 + c * (c + 2) - s * s;
      return slope === 0 ? 0 : (t + s * (c + 2) - wanted) / slope;
    });
  };
  return straightParallels(
    (latitude) => {
      const t = angle(latitude);
      return { y: along * sin(t), width: across * (1 + cos(t)) };
    },
    (y) => {
      const t = arcSine(y / along);
      return arcSine((t + sin(t) * (cos(t) + 2)) / whole);
    },
  );
};

const eckert5 = (): Formulas => {
  const scale = 1 / sqrt(2 + PI);
  return straightParallels(
    (latitude) => ({ y: 2 * scale * latitude, width: scale * (1 + cos(latitude)) }),
    (y) => y / (2 * scale),
  );
};

const eckert6 = (): Formulas => {
  const whole = 1 + PI / 2;
  const along = sqrt(2 / whole);
  return straightParallels(
    (latitude) => {
      const t = mollweideAngle(whole * sin(latitude));
      return { y: along * t, width: (along / 2) * (1 + cos(t)) };
    },
    (y) => {
      const t = y / along;
      return arcSine((t + sin(t)) / whole);
    },
  );
};

const winkel1 = (parallel: number): Formulas =>
  straightParallels(
    (latitude) => ({ y: latitude, width: (cos(parallel) + cos(latitude)) / 2 }),
    (y) => y,
  );

/** The mean of a cylindrical projection and that of Mollweide, with the height of the first one as unit. */
const winkel2 = (parallel: number): Formulas => {
  const half = (latitude: number) => mollweideAngle(PI * sin(latitude)) / 2;
  const height = (latitude: number) => (PI / 4) * sin(half(latitude)) + latitude / 2;
  const slope = (latitude: number) => {
    const c = cos(half(latitude));
    return 1 / 2 + (c > 1e-9 ? (PI ** 2 * cos(latitude)) / (16 * c) : 0);
  };
  return straightParallels(
    (latitude) => ({ y: height(latitude), width: (cos(half(latitude)) + cos(parallel)) / 2 }),
    latitudeByNewton(height, slope),
  );
};

/** With sines of a multiple of the latitude (K. Foucaut and others): `q / p` and `p` are scales, `q` divides the latitude. */
const sineSeries = (p: number, q: number): Formulas =>
  straightParallels(
    (latitude) => ({ y: p * sin(latitude / q), width: ((q / p) * cos(latitude)) / cos(latitude / q) }),
    (y) => q * arcSine(y / p),
  );

const flatPolarQuartic = (): Formulas => {
  const [across, along] = [1 / sqrt(3 * (2 + sqrt(2))), (2 * sqrt(3)) / sqrt(2 + sqrt(2))];
  const whole = 1 + sqrt(2) / 2;
  const angle = (latitude: number): number => {
    const wanted = whole * sin(latitude);
    return solve(latitude, (t) => (sin(t / 2) + sin(t) - wanted) / (cos(t / 2) / 2 + cos(t)));
  };
  return straightParallels(
    (latitude) => {
      const t = angle(latitude);
      return { y: along * sin(t / 2), width: across * (1 + (2 * cos(t)) / cos(t / 2)) };
    },
    (y) => {
      const t = 2 * arcSine(y / along);
      return arcSine((sin(t / 2) + sin(t)) / whole);
    },
  );
};

const craster = (): Formulas => {
  const [across, along] = [sqrt(3 / PI), sqrt(3 * PI)];
  return straightParallels(
    (latitude) => ({
      y: along * sin(latitude / 3),
      width: across * (2 * cos((2 * latitude) / 3) - 1),
    }),
    (y) => 3 * arcSine(y / along),
  );
};

/** Rhumb lines from the crossing of the central meridian and a parallel are straight, and as long as they are. */
const loximuthal = (parallel: number): Formulas => {
  const isometric = (latitude: number) => Math.log(tan(PI / 4 + latitude / 2));
  const width = (latitude: number): number => {
    const rise = latitude - parallel;
    if (abs(rise) < 1e-8) return cos(parallel);
    return abs(abs(latitude) - PI / 2) < 1e-10 ? 0 : rise / (isometric(latitude) - isometric(parallel));
  };
  return straightParallels(
    (latitude) => ({ y: latitude - parallel, width: width(latitude) }),
    (y) => y + parallel,
  );
};

const times = (): Formulas =>
  straightParallels(
    (latitude) => {
      const t = tan(latitude / 2);
      return { y: 1.70711 * t, width: 0.74482 - 0.34588 * sin((PI / 4) * t) ** 2 };
    },
    (y) => 2 * atan(y / 1.70711),
  );

const gall = (): Formulas =>
  straightParallels(
    (latitude) => ({ y: (1 + sqrt(2) / 2) * tan(latitude / 2), width: sqrt(2) / 2 }),
    (y) => 2 * atan(y / (1 + sqrt(2) / 2)),
  );

/** Sine of an angle up to a right one. */
const sineWithin = (angle: number): number => (abs(angle) <= PI / 2 ? sin(angle) : Number.NaN);

const wagner1 = (): Formulas => {
  const scale = sqrt(3) / 2;
  const tall = 1.139753528477 / scale;
  return straightParallels(
    (latitude) => {
      const t = arcSine(scale * sin(latitude));
      return { y: tall * t, width: 0.8773826753 * cos(t) };
    },
    (y) => arcSine(sineWithin(y / tall) / scale),
  );
};

const wagner2 = (): Formulas =>
  straightParallels(
    (latitude) => {
      const t = arcSine(0.88022 * sin(0.8855 * latitude));
      return { y: 1.38725 * t, width: 0.92483 * cos(t) };
    },
    (y) => arcSine(sineWithin(y / 1.38725) / 0.88022) / 0.8855,
  );

const wagner3 = (parallel: number): Formulas => {
  const across = cos(parallel) / cos((2 * parallel) / 3);
  return straightParallels(
    (latitude) => ({ y: latitude, width: across * cos((2 * latitude) / 3) }),
    (y) => y,
  );
};

const wagner4 = (): Formulas => {
  const [double, s] = [(2 * PI) / 3, sqrt(3) / 2];
  const whole = double + sin(double);
  const radius = sqrt((2 * PI * s) / whole);
  return likeMollweide((2 * radius) / PI, radius / s, whole);
};

/** Polynomials of the latitude (B. Šavrič, T. Patterson, B. Jenny): heights with odd powers, widths with even ones. */
const polynomials = (
  heights: Readonly<Record<number, number>>,
  widths: Readonly<Record<number, number>>,
): Formulas => {
  const powers = (terms: Readonly<Record<number, number>>) =>
    Object.entries(terms).map(([power, factor]) => [Number(power), factor] as const);
  const [up, across] = [powers(heights), powers(widths)];
  const sum = (terms: ReturnType<typeof powers>, value: number) =>
    terms.reduce((total, [power, factor]) => total + factor * value ** power, 0);
  const slopes = up.map(([power, factor]) => [power - 1, power * factor] as const);
  const height = (latitude: number) => sum(up, latitude);
  return straightParallels(
    (latitude) => ({ y: height(latitude), width: sum(across, latitude) }),
    latitudeByNewton(height, (latitude) => sum(slopes, latitude)),
  );
};

const naturalEarth = (): Formulas =>
  polynomials(
    { 1: 1.007226, 3: 0.015085, 7: -0.044475, 9: 0.028874, 11: -0.005916 },
    { 0: 0.8707, 2: -0.131979, 4: -0.013791, 10: 0.003971, 12: -0.001529 },
  );

const naturalEarth2 = (): Formulas =>
  polynomials(
    { 1: 1.01183, 9: -0.02625, 11: 0.01926, 13: -0.00396 },
    { 0: 0.84719, 2: -0.13063, 12: -0.04515, 14: 0.05494, 16: -0.02326, 18: 0.00331 },
  );

const patterson = (): Formulas => polynomials({ 1: 1.0148, 5: 0.23185, 7: -0.14499, 9: 0.02406 }, { 0: 1 });

const compactMiller = (): Formulas => polynomials({ 1: 0.9902, 3: 0.1604, 5: -0.03054 }, { 0: 1 });

/** By the names that PROJ has for them. */
export const pseudocylindrical: readonly Projection[] = [
  projectionOf('eck1', eckert1),
  projectionOf('eck2', eckert2),
  projectionOf('moll', () => likeMollweide((2 * sqrt(2)) / PI, sqrt(2), PI)),
  projectionOf('eck3', () =>
    ellipticalWidths(2 / sqrt(PI * (4 + PI)), 4 / sqrt(PI * (4 + PI)), 1, (2 / PI) ** 2),
  ),
  projectionOf('eck4', eckert4),
  projectionOf('eck5', eckert5),
  projectionOf('eck6', eckert6),
  projectionOf('wink1', ({ lat_ts: parallel = 0 }) => winkel1(parallel)),
  projectionOf('wink2', ({ lat1: parallel = 0 }) => winkel2(parallel)),
  projectionOf('qua_aut', () => sineSeries(2, 2)),
  projectionOf('kav5', () => sineSeries(1.50488, 1.35439)),
  projectionOf('kav7', () => ellipticalWidths(sqrt(3) / 2, 1, 0, 3 / PI ** 2)),
  projectionOf('mbtfpq', flatPolarQuartic),
  projectionOf('crast', craster),
  projectionOf('loxim', ({ lat1: parallel = 0 }) => loximuthal(parallel)),
  projectionOf('times', times),
  projectionOf('gall', gall),
  projectionOf('wag1', wagner1),
  projectionOf('wag2', wagner2),
  projectionOf('wag3', ({ lat_ts: parallel = 0 }) => wagner3(parallel)),
  projectionOf('wag4', wagner4),
  projectionOf('wag5', () => likeMollweide(0.90977, 1.65014, 3.00896)),
  projectionOf('wag6', () => ellipticalWidths(0.94745, 0.94745, 0, 3 / PI ** 2)),
  projectionOf('natearth', naturalEarth),
  projectionOf('natearth2', naturalEarth2),
  projectionOf('patterson', patterson),
  projectionOf('comill', compactMiller),
];
