import { requirePresent } from '../../core/shared/require-present.ts';
import { type Crs, isWgs84 } from './crs.ts';
import { findDegreesPerUnit } from './definitions.ts';
import {
  angularUnits,
  ESRI_TEXT,
  geoKeys,
  linearUnits,
  modelTypes,
  parameterKeys,
  USER_DEFINED,
} from './geokeys.ts';
import { type Method, parameters, type Role } from './methods.ts';
import { type CrsModel, findDefaultValue, findMethod } from './model.ts';

/** GeoKeys by their numbers: what is no integer of 16 bits is a list of one number, or a text. */
export type WrittenKeys = Map<number, number | readonly [number] | string>;

const SHORT = 0xffff;

/**
 * The GeoKeys of a CRS (OGC 19-008r4): its code in the EPSG register, else the parameters of its projection, and, where
 * GeoTIFF has no code for that, ESRI's text of it in the citation, which GDAL and ArcGIS read.
 *
 * @param model definition of the CRS, where it has no code of the EPSG register
 * @param esriText the same as text in the dialect of ESRI
 * @returns undefined where none of these can say what it is
 */
export function geoKeysFromCrs(
  crs: Crs,
  model: CrsModel | undefined,
  esriText: string | undefined,
): WrittenKeys | undefined {
  const code = isWgs84(crs) ? 4326 : crs.identifier?.authority === 'EPSG' ? Number(crs.identifier.code) : 0;
  const type = crs.isGeographic ? modelTypes.geographic : modelTypes.projected;
  const keys: WrittenKeys = new Map<number, number>([
    [geoKeys.modelType, type],
    [RASTER_TYPE, 1],
  ]);
  if (code > 0 && code <= SHORT && code !== USER_DEFINED)
    return keys.set(crs.isGeographic ? geoKeys.geographic : geoKeys.projected, code);
  if (!model) return undefined;
  if (!model.projection) return addBase(keys, model) ? keys : undefined;
  keys.set(geoKeys.projected, USER_DEFINED);
  const method = findMethod(model.projection.method);
  const isCounted = method?.flags === undefined || method.flags === '+no_uoff' || method.geotiff === 27;
  if (method?.geotiff !== undefined && isCounted && addBase(keys, model)) {
    keys.set(geoKeys.projectedCitation, model.name);
    return addProjection(keys, method, model, model.projection.values);
  }
  if (esriText === undefined) return undefined;
  // As ArcGIS does it: no model type, and the text as the name of the projected CRS.
  return new Map<number, number | string>([
    [geoKeys.modelType, USER_DEFINED],
    [RASTER_TYPE, 1],
    [geoKeys.projectedCitation, `${ESRI_TEXT}${esriText}`],
  ]);
}

const RASTER_TYPE = 1025;

/** The code of the unit with so many degrees; degrees and grads have two each. */
function findAngularUnit(degrees: number): number | undefined {
  if (degrees === 1) return 9102;
  const found = Object.entries(angularUnits).find(([, size]) => Math.abs(size / degrees - 1) < 1e-9);
  return found && Number(found[0]);
}

/** False where the shift of the datum or the unit of the axes would be lost. */
function addBase(keys: WrittenKeys, { base, projection, unit }: CrsModel): boolean {
  if (base.shift?.some((value) => value !== 0)) return false;
  const { identifier, ellipsoid, meridian } = base;
  const code = identifier?.authority === 'EPSG' ? Number(identifier.code) : 0;
  // Parameters of projections are written in degrees.
  const { factor } = projection ? { factor: 1 } : unit;
  if (code > 0 && code < USER_DEFINED && findDegreesPerUnit(code) === factor) {
    keys.set(geoKeys.geographic, code);
    return true;
  }
  // GDAL takes units without a code for degrees.
  const angle = findAngularUnit(factor);
  if (angle === undefined) return false;
  keys.set(geoKeys.geographic, USER_DEFINED);
  const citation = `GCS Name = ${base.name}|Datum = ${base.datum}|Ellipsoid = ${ellipsoid.name}|Primem = ${meridian.name}`;
  keys.set(geoKeys.geographicCitation, citation);
  keys.set(geoKeys.datum, USER_DEFINED);
  keys.set(geoKeys.angularUnit, angle);
  keys.set(geoKeys.ellipsoid, USER_DEFINED);
  keys.set(geoKeys.axis, [ellipsoid.axis]);
  // A sphere has two axes of one length: its flattening has no inverse.
  if (ellipsoid.inverseFlattening === 0) keys.set(geoKeys.otherAxis, [ellipsoid.axis]);
  else keys.set(geoKeys.inverseFlattening, [ellipsoid.inverseFlattening]);
  if (meridian.longitude !== 0) keys.set(geoKeys.meridianLongitude, [meridian.longitude / factor]);
  return true;
}

function addProjection(
  keys: WrittenKeys,
  { takes, geotiff, proj }: Method,
  { unit }: CrsModel,
  values: Readonly<Partial<Record<Role, number>>>,
): WrittenKeys {
  keys.set(geoKeys.projection, USER_DEFINED);
  keys.set(geoKeys.method, requirePresent(geotiff, 'The number of the method in GeoTIFF'));
  const code = Object.entries(linearUnits).find(
    ([, [, metres]]) => Math.abs(metres / unit.factor - 1) < 1e-9,
  )?.[0];
  keys.set(geoKeys.linearUnit, code === undefined ? USER_DEFINED : Number(code));
  if (code === undefined) keys.set(geoKeys.linearUnitSize, [unit.factor]);
  for (const role of Object.keys(takes) as Role[]) {
    const [usual]: readonly number[] = parameterKeys[role as keyof typeof parameterKeys] ?? [];
    if (usual === undefined) continue;
    const length = parameters[role].kind === 'length' ? unit.factor : 1;
    keys.set(chooseKey(role, usual, { proj, takes, geotiff }), [
      (values[role] ?? findDefaultValue(role)) / length,
    ]);
  }
  return keys;
}

/** Some projections have keys of their own for what is elsewhere the natural origin. */
function chooseKey(
  role: Role,
  usual: number,
  { proj, takes, geotiff }: Pick<Method, 'proj' | 'takes' | 'geotiff'>,
): number {
  const isConic = takes.lat2 !== undefined && proj === 'lcc';
  if (isConic) return { lat0: 3085, lon0: 3084, x0: 3086, y0: 3087 }[role as 'lat0'] ?? usual;
  if (proj === 'omerc') return { lat0: 3089, lon0: 3088, scale: 3093 }[role as 'lat0'] ?? usual;
  if (['laea', 'aeqd', 'gnom', 'ortho', 'robin', 'sinu', 'vandg'].includes(proj))
    return { lat0: 3089, lon0: 3088 }[role as 'lat0'] ?? usual;
  // GDAL takes the longitude of polar ones from a key of its own.
  if (proj === 'stere' && geotiff === 14)
    return { lat0: 3089, lon0: 3088, scale: 3092 }[role as 'lat0'] ?? usual;
  if (proj === 'stere' && role === 'lon0') return 3095;
  return usual;
}

/** The directory of keys, their numbers and their texts, as the three tags have them. */
export function packGeoKeys(keys: WrittenKeys): {
  readonly directory: number[];
  readonly numbers: number[];
  readonly texts: string;
} {
  const [numbers, entries]: [number[], number[][]] = [[], []];
  let texts = '';
  for (const [key, value] of [...keys].sort(([one], [other]) => one - other)) {
    if (typeof value === 'string') {
      // Texts end with a bar instead of the 0 of ASCII.
      const text = `${value.replace(/[^\x20-\x7e]/g, '?')}|`;
      entries.push([key, 34_737, text.length, texts.length]);
      texts += text;
    } else if (typeof value === 'number' && value <= SHORT) entries.push([key, 0, 1, value]);
    else {
      entries.push([key, 34_736, 1, numbers.length]);
      numbers.push(typeof value === 'number' ? value : value[0]);
    }
  }
  return { directory: [1, 1, 0, entries.length, ...entries.flat()], numbers, texts };
}
