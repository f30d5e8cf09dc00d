import type { Crs } from './crs.ts';
import { crsFromCode, crsFromIdentifier, crsReadBy, findCrs } from './find-crs.ts';
import {
  angularUnits,
  ESRI_TEXT,
  ellipsoids,
  geoKeys,
  linearUnits,
  modelTypes,
  parameterKeys,
  USER_DEFINED,
} from './geokeys.ts';
import { methods, parameters, type Role } from './methods.ts';
import { type BaseCrs, type CrsModel, DefinitionError, degreesFromRadians } from './model.ts';
import { modelFromCrs } from './model-from-crs.ts';
import { settledProjection } from './settle-method.ts';

/** Values of GeoKeys by their numbers. */
export type GeoKeys = ReadonlyMap<number, number | string>;

/**
 * The CRS that GeoKeys define: by a code, by the parameters of a projection, or by a text of ESRI in a citation.
 *
 * @returns undefined where they say nothing
 */
export async function crsFromGeoKeys(keys: GeoKeys): Promise<Crs | undefined> {
  const projected = readNumber(keys, geoKeys.projected);
  const geographic = readNumber(keys, geoKeys.geographic);
  const type = readNumber(keys, geoKeys.modelType);
  const isProjected = projected !== undefined || type === modelTypes.projected;
  if (isCode(projected)) return withUnit(crsFromRegisters(projected), keys);
  const text = esriText(keys);
  if (text) return text;
  if (isProjected && (projected !== undefined || keys.has(geoKeys.method) || keys.has(geoKeys.projection)))
    return crsFromParameters(keys);
  if (type === modelTypes.projected) return undefined;
  if (isCode(geographic)) return withAngle(crsFromRegisters(geographic), keys);
  if (geographic === USER_DEFINED || type === modelTypes.geographic) {
    const base = await baseFromKeys(keys);
    return (
      base &&
      crsReadBy(`GEOGCS[${JSON.stringify(base.name)}`, () => ({
        name: base.name,
        base,
        unit: angularUnit(keys),
      }))
    );
  }
  return undefined;
}

const isCode = (value: number | undefined): value is number => value !== undefined && value !== USER_DEFINED;

/** Programs write codes of ESRI where codes of EPSG belong. */
function crsFromRegisters(code: number): Crs {
  const crs = crsFromIdentifier({ authority: 'EPSG', code: String(code) });
  if (crs.fault === undefined) return crs;
  const other = crsFromIdentifier({ authority: 'ESRI', code: String(code) });
  return other.fault === undefined ? other : crs;
}

function readNumber(keys: GeoKeys, key: number): number | undefined {
  const value = keys.get(key);
  // 0 stands for undefined.
  return typeof value === 'number' && Number.isFinite(value) && value !== 0 ? value : undefined;
}

const readText = (keys: GeoKeys, key: number): string => {
  const value = keys.get(key);
  return typeof value === 'string' ? value.replace(/\0+$/, '').trim() : '';
};

function esriText(keys: GeoKeys): Crs | undefined {
  for (const key of [geoKeys.projectedCitation, geoKeys.citation, geoKeys.geographicCitation]) {
    const text = readText(keys, key);
    const at = text.indexOf(ESRI_TEXT.trim());
    const crs =
      at < 0
        ? undefined
        : findCrs(
            text
              .slice(at + ESRI_TEXT.length)
              .replace(/\|$/, '')
              .trim(),
          );
    if (crs) return crs;
  }
  return undefined;
}

/** A code of grads with another unit of angles, which counts, as in GDAL; degrees stay what they are. */
async function withAngle(crs: Crs, keys: GeoKeys): Promise<Crs> {
  const unit = angularUnit(keys);
  if (crs.degreesPerUnit === undefined || !keys.has(geoKeys.angularUnit)) return crs;
  const model = Math.abs(unit.factor / crs.degreesPerUnit - 1) < 1e-9 ? undefined : await modelFromCrs(crs);
  if (!model) return crs;
  const { identifier: _, ...rest } = model;
  const name = `${model.name} (${unit.name})`;
  return crsReadBy(`GEOGCS[${JSON.stringify(name)}`, () => ({ ...rest, name, unit })) ?? crs;
}

/** A code with another unit of length: the same projection, counted in that unit. */
async function withUnit(crs: Crs, keys: GeoKeys): Promise<Crs> {
  const unit = unitFromKeys(keys);
  if (!unit || crs.fault !== undefined || Math.abs(unit.factor / crs.metresPerUnit - 1) < 1e-7) return crs;
  const model = await modelFromCrs(crs);
  if (!model) return crs;
  const { identifier: _, ...rest } = model;
  return (
    crsReadBy(`PROJCS[${JSON.stringify(model.name)}`, () => ({
      ...rest,
      name: `${model.name} (${unit.name})`,
      unit,
    })) ?? crs
  );
}

function unitFromKeys(keys: GeoKeys): CrsModel['unit'] | undefined {
  const code = readNumber(keys, geoKeys.linearUnit);
  const size = readNumber(keys, geoKeys.linearUnitSize);
  if (code === USER_DEFINED) return size === undefined ? undefined : { name: 'unknown', factor: size };
  const [name = '', factor] = (code !== undefined && linearUnits[code]) || [];
  return factor === undefined ? undefined : { name, factor };
}

async function crsFromParameters(keys: GeoKeys): Promise<Crs | undefined> {
  const base = await baseFromKeys(keys);
  const unit = unitFromKeys(keys) ?? { name: 'metre', factor: 1 };
  const [citation = ''] = (
    readText(keys, geoKeys.projectedCitation) ||
    readText(keys, geoKeys.citation) ||
    'unnamed'
  ).split('|');
  const name = citation.replace(/^PCS Name = /, '');
  return crsReadBy(`PROJCS[${JSON.stringify(name)}`, () => {
    if (!base) throw new DefinitionError('has no datum and no ellipsoid');
    return { name, base, projection: projectionFromKeys(keys, name, unit.factor), unit };
  });
}

function projectionFromKeys(
  keys: GeoKeys,
  name: string,
  length: number,
): NonNullable<CrsModel['projection']> {
  const zone = parseUtmZone(readNumber(keys, geoKeys.projection));
  if (zone) return zone;
  const code = readNumber(keys, geoKeys.method);
  const method = methods.find(({ geotiff }) => geotiff !== undefined && geotiff === code);
  if (!method)
    throw new DefinitionError(`has the coordinate transformation ${code ?? 'undefined'} of GeoTIFF`);
  const { factor: angle } = angularUnit(keys);
  const values: Partial<Record<Role, number>> = {};
  for (const [role, numbers] of Object.entries(parameterKeys) as [Role, readonly number[]][]) {
    const value = numbers.map((number) => keys.get(number)).find((each) => typeof each === 'number');
    if (value === undefined) continue;
    values[role] = (value as number) * { angle, length, scale: 1 }[parameters[role].kind];
  }
  const isOneParallel = method.proj === 'lcc' && method.takes.lat2 === undefined;
  // Where only one latitude is given, the other is the same.
  if (isOneParallel) values.lat0 ??= values.lat1 ?? 0;
  return settledProjection(
    name,
    method.code === 9801 ? method.name : (method.wkt1[0] ?? method.name),
    values,
    {
      crs: name,
      isSouthward: method.geotiff === 27,
    },
  );
}

/** Projections of EPSG that are zones of UTM, on any datum. */
function parseUtmZone(code: number | undefined): CrsModel['projection'] {
  const isNorth = code !== undefined && code > 16_000 && code <= 16_060;
  const isSouth = code !== undefined && code > 16_100 && code <= 16_160;
  if (!isNorth && !isSouth) return undefined;
  const lon0 = (code % 100) * 6 - 183;
  const values = { lat0: 0, lon0, scale: 0.9996, x0: 500_000, y0: isNorth ? 0 : 10_000_000 };
  const name = `UTM zone ${code % 100}${isNorth ? 'N' : 'S'}`;
  return { name, method: 'Transverse Mercator', values };
}

/** In degrees. */
function angularUnit(keys: GeoKeys): CrsModel['unit'] {
  const size = readNumber(keys, geoKeys.angularUnitSize);
  const code = readNumber(keys, geoKeys.angularUnit);
  const isOwn = code === USER_DEFINED && size !== undefined;
  const factor = isOwn ? degreesFromRadians(size) : (code !== undefined && angularUnits[code]) || 1;
  return { name: { 1: 'degree', 0.9: 'grad' }[factor] ?? 'unknown', factor };
}

async function baseFromKeys(keys: GeoKeys): Promise<BaseCrs | undefined> {
  const code = readNumber(keys, geoKeys.geographic);
  const known = isCode(code) ? await modelFromCrs(crsFromRegisters(code)) : undefined;
  if (known) return known.base;
  const datum = readNumber(keys, geoKeys.datum);
  // Codes of datums are those of their longitudes and latitudes and 2000.
  const model = isCode(datum) ? await modelFromCrs(crsFromCode('EPSG', datum - 2000)) : undefined;
  if (model && !keys.has(geoKeys.axis)) return model.base;
  const [name, named] = namesFromCitation(keys);
  const ellipsoid = ellipsoidFromKeys(keys);
  if (!ellipsoid) {
    const found =
      findCrs(name) ??
      (/wgs[\s_]*(?:19)?84/i.test(`${name} ${named}`) ? crsFromCode('EPSG', 4326) : undefined);
    return found && (await modelFromCrs(found))?.base;
  }
  const longitude = (readNumber(keys, geoKeys.meridianLongitude) ?? 0) * angularUnit(keys).factor;
  const meridian = { name: longitude === 0 ? 'Greenwich' : 'unnamed', longitude };
  return {
    name: name || 'unknown',
    datum: model?.base.datum ?? (named || name || 'unknown'),
    ellipsoid,
    meridian,
  };
}

/** Names of the CRS and of its datum: `GCS Name = x|Datum = y|...`, or one for both. */
function namesFromCitation(keys: GeoKeys): readonly [name: string, datum: string] {
  const citation = readText(keys, geoKeys.geographicCitation);
  const part = (label: string) => new RegExp(`${label} = ([^|]*)`).exec(citation)?.[1]?.trim();
  const name = part('GCS Name') ?? (citation.split('|')[0] ?? '').trim();
  return [name, part('Datum') ?? name];
}

function ellipsoidFromKeys(keys: GeoKeys): BaseCrs['ellipsoid'] | undefined {
  const code = readNumber(keys, geoKeys.ellipsoid);
  const [name, codedAxis, codedFlattening] = (code !== undefined && ellipsoids[code]) || [];
  const axis = readNumber(keys, geoKeys.axis) ?? codedAxis;
  if (axis === undefined) return undefined;
  const other = readNumber(keys, geoKeys.otherAxis);
  const given = keys.get(geoKeys.inverseFlattening);
  const derived = other === undefined || other === axis ? 0 : axis / (axis - other);
  const inverseFlattening = typeof given === 'number' ? given : (codedFlattening ?? derived);
  return { name: name ?? 'unnamed', axis, inverseFlattening };
}
