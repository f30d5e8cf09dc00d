import type { CrsIdentifier } from './crs.ts';
import { type Method, methods, parameters, type Role, type RoleValues } from './methods.ts';

export interface Ellipsoid {
  readonly name: string;
  /** Semi-major axis in metres. */
  readonly axis: number;
  /** 0 for a sphere. */
  readonly inverseFlattening: number;
}

/** Longitudes and latitudes on a datum. */
export interface BaseCrs {
  readonly name: string;
  readonly datum: string;
  readonly ellipsoid: Ellipsoid;
  /** Degrees from Greenwich. */
  readonly meridian: { readonly name: string; readonly longitude: number };
  readonly identifier?: CrsIdentifier;
  /** Parameters of a shift to WGS 84 as `+towgs84` has them, where the definition gives its own. */
  readonly shift?: readonly number[];
}

/** What a definition says: the same whether it came as WKT1, WKT2, PROJJSON or GeoKeys. A plain value. */
export interface CrsModel {
  readonly name: string;
  /** What the definition says that it is; it need not be so. */
  readonly identifier?: CrsIdentifier;
  readonly base: BaseCrs;
  /** Absent for geographic CRSs. */
  readonly projection?: {
    readonly name: string;
    /** As the definition names it, or that of the table where it has it. */
    readonly method: string;
    readonly values: RoleValues;
    /** Where the method is not the one that the definition names: why, as a sentence about the CRS of a file. */
    readonly guess?: string;
  };
  /** Of the axes: its size in metres for projected, in degrees for geographic CRSs. */
  readonly unit: { readonly name: string; readonly factor: number };
}

/** A definition that cannot be read; the message goes on after "a definition that". */
export class DefinitionError extends Error {}

const DEGREES = 180 / Math.PI;

/** Degrees in an angle of radians; degrees and grads, which are written with ten to eighteen digits, to the last digit. */
export function degreesFromRadians(radians: number): number {
  const degrees = radians * DEGREES;
  return [1, 0.9].find((unit) => Math.abs(degrees - unit) < 1e-8) ?? degrees;
}

/** The way back, for texts with as many digits as those have. */
export const radiansFromDegrees = (degrees: number): number => Number((degrees / DEGREES).toPrecision(15));

/** Names as far as programs agree on them: letters and digits in lower case. */
export const plainName = (name: string): string => name.replace(/\W|_/g, '').toLowerCase();

const byName = new Map<string, readonly Method[]>();
for (const method of methods) {
  for (const name of new Set([method.name, ...method.wkt1].map(plainName)))
    byName.set(name, [...(byName.get(name) ?? []), method]);
}
/** The methods that go by a name. */
export const methodsNamed = (name: string): readonly Method[] => byName.get(plainName(name)) ?? [];

/** The method with its name in the table, or undefined. */
export const findMethod = (name: string): Method | undefined =>
  methodsNamed(name).find((method) => method.name === name);

/** Part of a parameter in the formulas, by the names that it has in EPSG, PROJ, ESRI, and GDAL. */
const roles = new Map<string, Role>(
  Object.entries({
    lat0: 'lat0 latitudeoftopocentricorigin latitudeofnaturalorigin latitudeoforigin latitudeoffalseorigin latitudeofprojectioncentre latitudeofcenter latitudeofcentre centralparallel',
    lon0: 'lon0 longitudeoftopocentricorigin longitudeofnaturalorigin centralmeridian longitudeoffalseorigin longitudeoforigin longitudeofcenter longitudeofcentre longitudeofprojectioncentre straightverticallongitudefrompole',
    lat1: 'lat1 latts latitudeof1stpoint latitudeoftruescale standardparallel1 latitudeof1ststandardparallel latitudeofstandardparallel pseudostandardparallel1 latitudeofpseudostandardparallel',
    lat2: 'lat2 latitudeof2ndpoint standardparallel2 latitudeof2ndstandardparallel',
    scale:
      'scalefactor scalefactoratnaturalorigin scalefactoratprojectioncentre scalefactoronpseudostandardparallel',
    x0: 'x0 falseeasting eastingatfalseorigin eastingatprojectioncentre',
    y0: 'y0 falsenorthing northingatfalseorigin northingatprojectioncentre',
    azimuth: 'azimuth azimuthatprojectioncentre azimuthofinitialline colatitudeofconeaxis',
    rotation: 'rectifiedgridangle anglefromrectifiedtoskewgrid xyplanerotation',
    height: 'height viewpointheight satelliteheight',
    ellipsoidScale: 'ellipsoidscalingfactor',
    xScale: 'xscale',
    yScale: 'yscale',
    lon1: 'lon1 longitudeof1stpoint',
    lon2: 'lon2 longitudeof2ndpoint',
    planeHeight: 'projectionplaneoriginheight',
    option: 'option',
  }).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as Role] as const)),
);
/** They change nothing that is computed here, or only what they must be is. */
const ignored = new Set(['auxiliaryspheretype', 'ellipsoidalheightoftopocentricorigin']);

/**
 * @returns undefined for parameters that do not matter
 * @throws DefinitionError for unknown ones
 */
export function findRole(name: string, method: string): Role | undefined {
  const plain = plainName(name);
  // The one method with two latitudes of an origin.
  if (plain === 'latitudeofnaturalorigin' && plainName(method) === 'lambertconicconformal1spvariantb')
    return 'conversionLat0';
  const role = roles.get(plain);
  if (!role && !ignored.has(plain)) throw new DefinitionError(`has the parameter "${name}"`);
  return role;
}

/** Value of a parameter that a definition leaves out, in the unit of its kind: degrees, metres or a factor. */
export const findDefaultValue = (role: Role): number => parameters[role].default;
