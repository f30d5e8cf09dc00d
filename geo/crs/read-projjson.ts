import { isObject } from '../../core/shared/json.ts';
import type { CrsIdentifier } from './crs.ts';
import { parameters, type Role } from './methods.ts';
import { type BaseCrs, type CrsModel, DefinitionError, degreesFromRadians, findRole } from './model.ts';
import { shiftFromParameters } from './read-wkt.ts';
import { settledProjection } from './settle-method.ts';

type Members = Readonly<Record<string, unknown>>;

const asList = (value: unknown): Members[] => (Array.isArray(value) ? value.filter(isObject) : []);
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const MAXIMUM_NESTING = 5;

/**
 * Reads the definition of a CRS as PROJJSON. Of CRSs with heights the horizontal part is taken.
 *
 * @returns undefined for what is no PROJJSON of a CRS
 * @throws DefinitionError for one that says what is not supported
 */
export function modelFromProjjson(value: unknown, nesting = 0): CrsModel | undefined {
  if (!isObject(value) || nesting > MAXIMUM_NESTING) return undefined;
  switch (value['type']) {
    case 'ProjectedCRS':
      return projected(value);
    case 'GeographicCRS':
    case 'GeodeticCRS':
      return geographic(value);
    case 'CompoundCRS':
      return modelFromProjjson(asList(value['components'])[0], nesting + 1);
    case 'BoundCRS':
      return bound(value, nesting);
    case 'DerivedGeographicCRS':
    case 'DerivedGeodeticCRS':
      throw new DefinitionError('is a derived geographic CRS, such as one with a rotated pole');
    default:
      if (/CRS$/.test(asText(value['type'])))
        throw new DefinitionError(`is neither geographic nor projected (${asText(value['type'])})`);
      return undefined;
  }
}

function geographic(value: Members): CrsModel {
  const system = isObject(value['coordinate_system']) ? value['coordinate_system'] : {};
  if (/cartesian/i.test(asText(system['subtype']))) throw new DefinitionError('is geocentric');
  const base = baseFrom(value);
  return { name: base.name, ...identified(value), base, unit: readAxisUnit(value, 'degree') };
}

function projected(value: Members): CrsModel {
  const { conversion, base_crs: inner } = value;
  if (!isObject(conversion) || !isObject(conversion['method']) || !isObject(inner))
    throw new DefinitionError('has no geographic CRS or no projection');
  const method = asText(conversion['method']['name']);
  const values: Partial<Record<Role, number>> = {};
  for (const parameter of asList(conversion['parameters'])) {
    const name = asText(parameter['name']);
    const role = findRole(name, method);
    if (role === undefined) continue;
    const given = parameter['value'];
    if (typeof given !== 'number' || !Number.isFinite(given))
      throw new DefinitionError(`has no numeric value for "${name}"`);
    const unit = unitFrom(parameter['unit'], parameters[role].kind === 'angle' ? 'degree' : 'metre');
    values[role] = given * unit.factor;
  }
  const name = asText(value['name']);
  const directions = asList(readAxes(value)).map(({ direction }) => direction);
  const projection = settledProjection(asText(conversion['name']) || name, method, values, {
    crs: name,
    isSouthward: directions.includes('south') && directions.includes('west'),
  });
  return {
    name,
    ...identified(value),
    base: baseFrom(inner),
    projection,
    unit: readAxisUnit(value, 'metre'),
  };
}

function baseFrom(value: Members): BaseCrs {
  const datum = [value['datum'], value['datum_ensemble']].find(isObject);
  const ellipsoid = datum?.['ellipsoid'];
  if (!datum || !isObject(ellipsoid)) throw new DefinitionError('has no ellipsoid');
  const meridian = isObject(datum['prime_meridian']) ? datum['prime_meridian'] : {};
  return {
    name: asText(value['name']),
    datum: asText(datum['name']),
    ellipsoid: { name: asText(ellipsoid['name']), ...readSize(ellipsoid) },
    meridian: {
      name: asText(meridian['name']) || 'Greenwich',
      longitude: measure(meridian['longitude'], 'degree') ?? 0,
    },
    ...identified(value),
  };
}

function readSize(ellipsoid: Members): { readonly axis: number; readonly inverseFlattening: number } {
  const radius = measure(ellipsoid['radius'], 'metre');
  const axis = measure(ellipsoid['semi_major_axis'], 'metre') ?? radius;
  const other = measure(ellipsoid['semi_minor_axis'], 'metre');
  const inverse = ellipsoid['inverse_flattening'];
  if (axis === undefined || !(axis > 0)) throw new DefinitionError('has no ellipsoid');
  if (typeof inverse === 'number') return { axis, inverseFlattening: inverse };
  return { axis, inverseFlattening: other === undefined || other === axis ? 0 : axis / (axis - other) };
}

/** A number, or one with a unit of its own. */
function measure(value: unknown, unit: string): number | undefined {
  if (typeof value === 'number') return value;
  if (!isObject(value) || typeof value['value'] !== 'number') return undefined;
  return value['value'] * unitFrom(value['unit'], unit).factor;
}

const readAxes = (value: Members): unknown =>
  isObject(value['coordinate_system']) ? value['coordinate_system']['axis'] : undefined;

const readAxisUnit = (value: Members, usual: string): CrsModel['unit'] =>
  unitFrom(asList(readAxes(value))[0]?.['unit'], usual);

/** In metres or degrees. */
function unitFrom(unit: unknown, usual: string): CrsModel['unit'] {
  if (!isObject(unit)) return { name: asText(unit) || usual, factor: 1 };
  const factor = unit['conversion_factor'];
  const isAngle = asText(unit['type']) === 'AngularUnit';
  if (typeof factor !== 'number' || !(factor > 0))
    throw new DefinitionError(`has the unit "${asText(unit['name'])}" without a conversion factor`);
  return { name: asText(unit['name']), factor: isAngle ? degreesFromRadians(factor) : factor };
}

function bound(value: Members, nesting: number): CrsModel | undefined {
  const model = modelFromProjjson(value['source_crs'], nesting + 1);
  const transformation = isObject(value['transformation']) ? value['transformation'] : {};
  const given = asList(transformation['parameters']).map(
    (each) => [asText(each['name']), Number(each['value'])] as const,
  );
  const method = isObject(transformation['method']) ? asText(transformation['method']['name']) : '';
  const shift = shiftFromParameters(given, method);
  return model && shift ? { ...model, base: { ...model.base, shift } } : model;
}

function identified({ id, ids }: Members): { readonly identifier?: CrsIdentifier } {
  const found = isObject(id) ? id : asList(ids)[0];
  const [authority, code] = [asText(found?.['authority']), String(found?.['code'] ?? '')];
  return authority && /^(?:\d{1,9}|CRS84)$/.test(code)
    ? { identifier: { authority: authority.toUpperCase(), code } }
    : {};
}
