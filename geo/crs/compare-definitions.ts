/** A definition of proj4 in numbers that can be compared; ellipsoid and datum are left out. */
export interface ComparableDefinition {
  readonly kind: string;
  readonly angles: readonly number[];
  /** Metres. */
  readonly lengths: readonly number[];
  /** Scale and metres per unit. */
  readonly factors: readonly number[];
}

/** Differences that are rounding: degrees, metres, and shares of a factor. */
const ANGLE = 1.0001e-7;
const LENGTH = 2e-3;
const FACTOR = 1e-7;

const metres: Readonly<Record<string, number>> = {
  m: 1,
  km: 1000,
  ft: 0.3048,
  'us-ft': 1200 / 3937,
  yd: 0.9144,
  'ind-yd': 0.91439523,
  'ind-ft': 0.30479841,
  'ind-ch': 20.11669506,
  'us-ch': 20.1168402336805,
  'us-yd': 0.914401828803658,
  'us-mi': 1609.34721869444,
  link: 0.201168,
  ch: 20.1168,
  fath: 1.8288,
  mi: 1609.344,
  in: 0.0254,
};

/** Takes a definition apart; what stands for the same projection is the same, however it is written. */
export function comparable(definition: string): ComparableDefinition {
  const given = new Map<string, string>();
  for (const part of definition.split(/\s+/)) {
    const [, name, value = ''] = /^\+([^=]+)(?:=(.*))?$/.exec(part) ?? [];
    if (name) given.set(name, value);
  }
  const number = (fallback: number, ...names: readonly string[]): number => {
    const found = names.find((name) => given.has(name));
    return found === undefined ? fallback : Number(given.get(found));
  };
  const proj = given.get('proj') ?? '';
  const unit = given.get('units');
  const perUnit = number(unit === undefined ? 1 : (metres[unit] ?? Number.NaN), 'to_meter');
  const flags = ['axis', 'no_uoff', 'nadgrids', 'sweep', 'R_A', 'f', 'guam', 'hyperbolic'].map((name) =>
    given.has(name) ? `${name}=${given.get(name)}` : '',
  );
  const position = { x: number(0, 'x_0'), y: number(0, 'y_0') };
  if (proj === 'utm') {
    const y = given.has('south') ? 1e7 : 0;
    const lon = number(0, 'zone') * 6 - 183;
    const kind = ['tmerc', ...flags].join(' ');
    return { kind, angles: [0, lon, 0, 0, 0, 0, 0], lengths: [5e5, y, 0], factors: [0.9996, perUnit] };
  }
  const lat0 = number(0, 'lat_0');
  let parallels = [number(0, 'lat_1', 'lat_ts'), number(0, 'lat_2')];
  let scale = number(1, 'k_0', 'k');
  if (proj === 'lcc' || proj === 'aea' || proj === 'eqdc') {
    const first = number(lat0, 'lat_1');
    parallels = [first, number(first, 'lat_2')].sort((one, other) => one - other);
  } else if (proj === 'merc' && given.has('lat_ts')) {
    [parallels, scale] = [[0, 0], scaleAt(number(0, 'lat_ts'), definition) * scale];
  }
  return {
    kind: [proj === 'etmerc' ? 'tmerc' : proj, ...flags].join(' '),
    angles: [
      lat0,
      number(0, 'lon_0', 'lonc', 'lon_1'),
      number(0, 'lon_2'),
      ...parallels,
      number(0, 'alpha', 'azi'),
      number(0, 'gamma'),
    ],
    lengths: [position.x, position.y, number(0, 'h', 'h_0')],
    factors: [scale, perUnit],
  };
}

/** Scale at the equator of a Mercator that is true at a parallel. */
function scaleAt(latitude: number, definition: string): number {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return Math.cos((latitude * Math.PI) / 180) / Math.sqrt(1 - eccentricity(definition) * sine * sine);
}

/** Squared; of the ellipsoids that have a name about that of WGS 84, which is near enough for tolerances. */
function eccentricity(definition: string): number {
  const [, inverse] = /\+rf=(\S+)/.exec(definition) ?? [];
  const flattening = 1 / Number(inverse ?? 298.257223563);
  return flattening * (2 - flattening);
}

/** True where two definitions give the same coordinates to the same places of one datum. */
export function sameDefinition(one: ComparableDefinition, other: ComparableDefinition): boolean {
  return (
    one.kind === other.kind &&
    one.angles.every((value, index) => turned(value - (other.angles[index] ?? Number.NaN)) <= ANGLE) &&
    one.lengths.every((value, index) => Math.abs(value - (other.lengths[index] ?? Number.NaN)) <= LENGTH) &&
    one.factors.every(
      (value, index) => Math.abs(value - (other.factors[index] ?? Number.NaN)) <= FACTOR * value,
    )
  );
}

/** Angles that are a whole turn apart are the same. */
const turned = (angle: number): number => Math.abs(angle - 360 * Math.round(angle / 360));
