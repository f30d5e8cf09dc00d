import { requirePresent } from '../../core/shared/require-present.ts';
import { type Method, parameters, type Role, type RoleValues } from './methods.ts';
import { type BaseCrs, type CrsModel, findDefaultValue, findMethod, radiansFromDegrees } from './model.ts';

/**
 * Well-known text in the dialect of ESRI of a definition; undefined where ESRI has no name for its projection, or where
 * it has a shift of its own to WGS 84, which the dialect cannot express.
 *
 * @param known text of its longitudes and latitudes, where ESRI has one, and their unit
 */
export function esriWktFromModel(
  { name, base, projection, unit }: CrsModel,
  known?: { readonly text: string; readonly degreesPerUnit: number },
): string | undefined {
  if (base.shift?.some((value) => value !== 0)) return undefined;
  if (!projection) return known?.degreesPerUnit === unit.factor ? known.text : geographicText(base, unit);
  const method = findMethod(projection.method);
  const title = method && findMethodTitle(method, projection.values, base.ellipsoid);
  if (!method || title === undefined) return undefined;
  // Angles have the unit of the longitudes and latitudes.
  const { text = geographicText(base, degree), degreesPerUnit: degrees = 1 } = known ?? {};
  const given = Object.entries(esriValues(method, projection.values, base.ellipsoid)).map(
    ([parameter, [role, value]]) => {
      const scale = { length: unit.factor, angle: degrees, scale: 1 }[parameters[role].kind];
      return `PARAMETER["${parameter}",${decimal(value / scale)}]`;
    },
  );
  const length = `UNIT["${unitName(unit)}",${decimal(unit.factor)}]`;
  return `PROJCS["${word(name)}",${text},PROJECTION["${title}"],${given.join(',')},${length}]`;
}

function geographicText({ name, datum, ellipsoid, meridian }: BaseCrs, unit: CrsModel['unit']): string {
  const gcs = /^GCS_/.test(name) ? name : `GCS_${name}`;
  const title = /^D_/.test(datum) ? datum : `D_${datum}`;
  const spheroid = `SPHEROID["${word(ellipsoid.name)}",${decimal(ellipsoid.axis)},${decimal(ellipsoid.inverseFlattening)}]`;
  return `GEOGCS["${word(gcs)}",DATUM["${word(title)}",${spheroid}],PRIMEM["${word(meridian.name)}",${decimal(meridian.longitude)}],${angleText(unit)}]`;
}

const degree: CrsModel['unit'] = { name: 'degree', factor: 1 };

function angleText({ name, factor }: CrsModel['unit']): string {
  if (factor === 1) return 'UNIT["Degree",0.0174532925199433]';
  return `UNIT["${factor === 0.9 ? 'Grad' : word(name)}",${radiansFromDegrees(factor)}]`;
}

function findMethodTitle(
  method: Method,
  values: RoleValues,
  ellipsoid: BaseCrs['ellipsoid'],
): string | undefined {
  if (method.code === 9804 && trueParallel(values, ellipsoid) === undefined) return undefined;
  if (method.code === 9829)
    return (values.lat1 ?? 0) < 0 ? 'Stereographic_South_Pole' : 'Stereographic_North_Pole';
  // Names that stand for others in ESRI's software, and what it does not have.
  if (method.code === 9819 || method.wkt1.length === 0) return undefined;
  return method.wkt1[0];
}

type Values = Record<string, readonly [role: Role, value: number]>;

const usual: Readonly<Partial<Record<Role, string>>> = {
  x0: 'False_Easting',
  y0: 'False_Northing',
  lon0: 'Central_Meridian',
  lat1: 'Standard_Parallel_1',
  lat2: 'Standard_Parallel_2',
  scale: 'Scale_Factor',
  azimuth: 'Azimuth',
  lat0: 'Latitude_Of_Origin',
  rotation: 'XY_Plane_Rotation',
  ellipsoidScale: 'Ellipsoid_Scale',
  height: 'Height',
  planeHeight: 'Height',
  lon1: 'Longitude_Of_1st_Point',
  lon2: 'Longitude_Of_2nd_Point',
};
const order = Object.keys(usual) as Role[];

/** By the number that ESRI has for them. */
const GOODE_OPTIONS = ['goode', 'igh', 'igh_o'];

function esriValues(method: Method, values: RoleValues, ellipsoid: BaseCrs['ellipsoid']): Values {
  const value = (role: Role): number => values[role] ?? findDefaultValue(role);
  const taken = order.filter((role) => Object.hasOwn(method.takes, role));
  const found: Values = Object.fromEntries(
    taken.map((role) => [
      method.esri?.[role] ?? requirePresent(usual[role], 'The usual name'),
      [role, value(role)] as const,
    ]),
  );
  if (method.wkt1[0] === 'Goode_Homolosine')
    return { ...found, Option: ['option', GOODE_OPTIONS.indexOf(method.proj)] };
  switch (method.code) {
    case 1024:
      return { ...found, Auxiliary_Sphere_Type: ['scale', 0] };
    case 9804:
      return {
        False_Easting: ['x0', value('x0')],
        False_Northing: ['y0', value('y0')],
        Central_Meridian: ['lon0', value('lon0')],
        Standard_Parallel_1: ['lat1', requirePresent(trueParallel(values, ellipsoid), 'The true parallel')],
      };
    case 9801:
      return { ...found, Standard_Parallel_1: ['lat1', value('lat0')] };
    case 1041:
      return {
        False_Easting: ['x0', value('x0')],
        False_Northing: ['y0', value('y0')],
        Pseudo_Standard_Parallel_1: ['lat1', value('lat1')],
        Scale_Factor: ['scale', value('scale')],
        Azimuth: ['azimuth', value('azimuth')],
        Longitude_Of_Center: ['lon0', value('lon0')],
        Latitude_Of_Center: ['lat0', value('lat0')],
        X_Scale: ['xScale', -1],
        Y_Scale: ['yScale', 1],
        XY_Plane_Rotation: ['rotation', 90],
      };
    default:
      return found;
  }
}

/** The parallel where a Mercator with a scale at the equator is true: ESRI knows no other. Undefined where none is. */
function trueParallel(
  { scale = 1, lat0 = 0 }: RoleValues,
  { inverseFlattening }: BaseCrs['ellipsoid'],
): number | undefined {
  if (scale > 1 || lat0 !== 0) return undefined;
  const flattening = inverseFlattening === 0 ? 0 : 1 / inverseFlattening;
  const eccentricity = flattening * (2 - flattening);
  const square = scale * scale;
  return (Math.asin(Math.sqrt((1 - square) / (1 - square * eccentricity))) * 180) / Math.PI;
}

function unitName({ name, factor }: CrsModel['unit']): string {
  if (factor === 1) return 'Meter';
  if (Math.abs(factor - 1200 / 3937) < 1e-9) return 'Foot_US';
  return factor === 0.3048 ? 'Foot' : word(name);
}

/** Names in the dialect are single words. */
const word = (name: string): string => name.replace(/[^\w+.-]+/g, '_').slice(0, 80);

/** A number as the dialect has it, with a point. */
export const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
