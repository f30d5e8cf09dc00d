import { quote } from '../../core/shared/quote.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Method, Role, RoleValues } from './methods.ts';
import { type CrsModel, findMethod, methodsNamed, plainName } from './model.ts';

/** Differences of parameters, in degrees and metres, that are rounding. */
const ROUNDING = 1e-7;
const near = (one: number | undefined, other: number): boolean =>
  one !== undefined && Math.abs(one - other) <= ROUNDING;

type Projection = NonNullable<CrsModel['projection']>;

export interface Hints {
  /** Name of the CRS. */
  readonly crs: string;
  /** True where axes count to the south or the west. */
  readonly isSouthward?: boolean;
  /** True where the text says that WGS 84 is to be taken for a sphere. */
  readonly isPseudo?: boolean;
  /** True where the text says that a satellite sweeps about its x axis, as GOES. */
  readonly sweepsX?: boolean;
  /** True of parameters that only ESRI names so. */
  readonly isEsri?: boolean;
}

/** Names under which programs mean Web Mercator, although they write another Mercator. */
const PSEUDO_MERCATOR = /pseudomercator|webmercator|googlemaps|popularvisualisationcrs/;

/**
 * Finds the method of the table that a text means. In WKT1 one name stands for several, which their parameters tell
 * apart, and programs leave parameters out that they derive from others.
 */
export function settledProjection(
  name: string,
  method: string,
  given: RoleValues,
  { crs, isSouthward = false, isPseudo = false, sweepsX = false, isEsri = false }: Hints,
): Projection {
  const plain = plainName(method);
  const named = (found: string, values: RoleValues = given): Projection => ({
    name,
    method: found,
    values: pickParameters(requirePresent(findMethod(found), 'The method'), values),
  });
  const candidates = methodsNamed(method);
  const first = candidates[0];
  if (!first) return settledByName(plain, given, named) ?? { name, method, values: given };
  switch (first.proj) {
    case 'merc':
      return mercator(crs, isPseudo, first, given, named);
    case 'lcc':
      return first.takes.ellipsoidScale || first.takes.conversionLat0
        ? named(first.name)
        : lambert(candidates, given, named);
    case 'stere':
      return stereographic(plain, first, given, named);
    case 'krovak': {
      const isNorthward = given.xScale === undefined ? !isSouthward : given.xScale < 0;
      if (candidates.length === 1) return named(first.name);
      return named(isNorthward ? 'Krovak (North Orientated)' : 'Krovak');
    }
    case 'omerc':
      return named(first.name, { rotation: given.azimuth ?? 0, ...given });
    case 'tmerc':
      return named(
        isSouthward && first.geotiff === 1 ? 'Transverse Mercator (South Orientated)' : first.name,
      );
    case 'eqc':
      return named(first.name, { lat1: given.lat0 ?? 0, ...given });
    case 'goode':
      return named(GOODE[given.option ?? 0] ?? first.name);
    case 'col_urban':
      return named(first.name, { planeHeight: given.height ?? 0, ...given });
    case 'ortho':
      // ESRI means the sphere.
      return named(first.geotiff === 21 && isEsri ? 'Orthographic (Spherical)' : first.name);
    case 'geos':
      return named(sweepsX ? 'Geostationary Satellite (Sweep X)' : first.name);
    case 'wag3':
      return named(first.name, { lat1: given.lat0 ?? 0, ...given });
    case 'bonne':
      return named(first.name, { lat0: given.lat1 ?? 0, ...given });
    default:
      return named(first.name);
  }
}

/** What the option of ESRI stands for. */
const GOODE: Readonly<Record<number, string>> = {
  1: 'Interrupted Goode Homolosine',
  2: 'Interrupted Goode Homolosine Ocean',
};

type Named = (method: string, values?: RoleValues) => Projection;

/** What other programs have as projections of their own. */
function settledByName(plain: string, given: RoleValues, named: Named): Projection | undefined {
  switch (plain) {
    case 'behrmann':
      return named('Lambert Cylindrical Equal Area', { ...given, lat1: 30 });
    case 'swissobliquecylindrical':
    case 'swissobliquemercator':
      return named('Hotine Oblique Mercator (variant B)', { ...given, azimuth: 90, rotation: 90 });
    default:
      return undefined;
  }
}

function mercator(
  crs: string,
  isPseudo: boolean,
  first: Method,
  given: RoleValues,
  named: Named,
): Projection {
  const isPlain = near(given.lat1 ?? 0, 0) && near(given.scale ?? 1, 1);
  const pseudo = named('Popular Visualisation Pseudo Mercator');
  if (first.code === 1024 || isPseudo) return pseudo;
  if (isPlain && PSEUDO_MERCATOR.test(plainName(crs))) {
    const guess = `The CRS is named ${quote(crs)}, but defined as Mercator on the ellipsoid. It is treated as Web Mercator (EPSG:3857), as its name says; ellipsoidal Mercator would be up to 43 km further north or south.`;
    return { ...pseudo, guess };
  }
  return given.lat1 === undefined
    ? named('Mercator (variant A)')
    : named('Mercator (variant B)', { ...given, lat1: Math.abs(given.lat1) });
}

function lambert(candidates: readonly Method[], given: RoleValues, named: Named): Projection {
  const { lat0 = 0, lat1, lat2, scale = 1 } = given;
  if (lat2 !== undefined && lat1 !== undefined) {
    // The scale is that of the ellipsoid, as in Michigan.
    if (!near(scale, 1))
      return named('Lambert Conic Conformal (2SP Michigan)', { ...given, ellipsoidScale: scale });
    const [only] = candidates;
    return named(only && candidates.length === 1 ? only.name : 'Lambert Conic Conformal (2SP)');
  }
  if (lat1 === undefined || near(lat0, lat1)) return named('Lambert Conic Conformal (1SP)');
  return named('Lambert Conic Conformal (1SP variant B)', { ...given, conversionLat0: lat1 });
}

/** With a parallel of true scale, or with a scale at the pole or elsewhere. */
function stereographic(plain: string, first: Method, given: RoleValues, named: Named): Projection {
  const { lat0, lat1 } = given;
  if (lat1 !== undefined && (plain !== 'polarstereographic' || lat0 === undefined))
    return named('Polar Stereographic (variant B)');
  const isPolar = near(Math.abs(lat0 ?? 0), 90);
  if (isPolar) return named('Polar Stereographic (variant A)');
  // GDAL writes the parallel of true scale as the latitude of origin.
  if (first.geotiff === 15) return named('Polar Stereographic (variant B)', { ...given, lat1: lat0 ?? 0 });
  return named('Stereographic');
}

const pickParameters = ({ takes }: Method, values: RoleValues): RoleValues =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([role, value]) => value !== undefined && Object.hasOwn(takes, role as Role),
    ),
  );
