import { type Definition, sphere, withoutRegions, withShift } from './definition.ts';
import { type Method, parameters, type Role } from './methods.ts';
import { type BaseCrs, type CrsModel, DefinitionError, findDefaultValue, findMethod } from './model.ts';

/** Degrees, or a number around 1, by which parameters may differ from those that formulas are made for. */
const ROUNDING = 1e-6;

/**
 * The definition with which proj4 computes positions.
 *
 * @param base the definition of the longitudes and latitudes under it, where they are those of a register
 * @throws DefinitionError where proj4 does not compute as PROJ does
 */
export function definitionFromModel(model: CrsModel, base: Definition | undefined): Definition {
  const text = projectionText(model);
  const own = base ?? ownBase(model.base);
  if (model.projection && findMethod(model.projection.method)?.onSphere === 'equatorial') {
    if (typeof own !== 'string' || /\+(?:towgs84|pm)=/.test(own))
      throw new DefinitionError('uses a spherical projection with a datum that needs a shift');
    return `${text} ${sphere(model.base.ellipsoid.axis)}`;
  }
  const put = (definition: string): string => definition.replace('+proj=longlat', text);
  return typeof own === 'string'
    ? put(own)
    : ([put(withoutRegions(own)), ...own.slice(1)] as unknown as Definition);
}

/** Longitudes and latitudes on a datum that no register has; without a shift they are taken over as they are. */
function ownBase({ ellipsoid, meridian, shift }: BaseCrs): string {
  const { axis, inverseFlattening } = ellipsoid;
  const shape = inverseFlattening === 0 ? `+b=${axis}` : `+rf=${inverseFlattening}`;
  const from = meridian.longitude === 0 ? '' : ` +pm=${meridian.longitude}`;
  const moved = shift?.some((value) => value !== 0) ? shift.join(',') : '';
  return withShift(`+proj=longlat +a=${axis} ${shape}${from}`, moved);
}

function projectionText({ base, projection, unit }: CrsModel): string {
  if (!projection) return '+proj=longlat';
  const method = findMethod(projection.method);
  if (!method) throw new DefinitionError(`has the projection "${projection.method}"`);
  const values = (role: Role): number => projection.values[role] ?? findDefaultValue(role);
  const parts = buildProjParameters(method, values);
  const text = Object.entries(parts).map(([name, value]) => `+${name}=${value}`);
  const flags = parts['proj'] === 'somerc' ? undefined : method.flags;
  const isSphere = base.ellipsoid.inverseFlattening === 0;
  const onSphere = isSphere
    ? undefined
    : { authalic: '+R_A', ofAxis: '+f=0', equatorial: undefined }[method.onSphere ?? 'equatorial'];
  return [
    ...text,
    ...(flags ? [flags] : []),
    ...(onSphere ? [onSphere] : []),
    ...(unit.factor === 1 ? [] : [`+to_meter=${unit.factor}`]),
  ].join(' ');
}

type Parts = Record<string, string | number>;

function buildProjParameters({ code, proj, takes }: Method, value: (role: Role) => number): Parts {
  const given = Object.fromEntries(
    Object.keys(takes)
      .filter((role) => parameters[role as Role].proj !== '')
      .map((role) => [parameters[role as Role].proj, value(role as Role)]),
  );
  // What a method takes is given: the zeros are for those that do not take it.
  const { lat_1: parallel, alpha = 0, gamma = 0, lon_0: longitude = 0, ...rest } = given;
  switch (proj) {
    case 'lcc':
      if (takes.lat2) return { proj, ...given, ...(code === 1051 ? { k_0: value('ellipsoidScale') } : {}) };
      return { proj, lat_1: code === 1102 ? value('conversionLat0') : value('lat0'), ...given };
    case 'merc':
      return { proj, lon_0: longitude, ...rest, ...(parallel === undefined ? {} : { lat_ts: parallel }) };
    case 'cea':
    case 'eqc':
      return { proj, lat_ts: parallel ?? 0, lon_0: longitude, ...rest };
    case 'stere':
      if (parallel === undefined) return { proj, lon_0: longitude, ...rest };
      return { proj, lat_0: parallel < 0 ? -90 : 90, lat_ts: parallel, lon_0: longitude, ...rest };
    case 'omerc':
      if (code === 9815 && isNear(alpha, 90) && isNear(gamma, 90))
        return { proj: 'somerc', lon_0: longitude, ...rest };
      return { proj, ...rest, lonc: longitude, alpha, gamma };
    case 'krovak':
    case 'mod_krovak':
      if (!isNear(alpha, 30.28813972) || !isNear(parallel ?? 0, 78.5))
        throw new DefinitionError('uses the Krovak projection with another cone axis or standard parallel');
      return { proj, lon_0: longitude, alpha, ...rest };
    case 'bonne':
      return { proj, lat_1: value('lat0'), lon_0: longitude, x_0: value('x0'), y_0: value('y0') };
    case 'wink1':
    case 'wag3':
      return { proj, lat_ts: parallel ?? 0, lon_0: longitude, ...rest };
    case 'loxim':
      return { proj, lat_1: value('lat0'), lon_0: longitude, x_0: value('x0'), y_0: value('y0') };
    case 'labrd':
      return { proj, lon_0: longitude, azi: alpha, ...rest };
    default:
      return { proj, ...given };
  }
}

const isNear = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= ROUNDING;
