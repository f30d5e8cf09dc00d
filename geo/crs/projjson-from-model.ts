import { type Method, parameterNames, parameters, type Role } from './methods.ts';
import { type BaseCrs, type CrsModel, findDefaultValue, findMethod, radiansFromDegrees } from './model.ts';

export const SCHEMA = 'https://proj.org/schemas/v0.7/projjson.schema.json';

/** PROJJSON (schema 0.7) of a definition; axes count east first, as coordinates do. */
export function projjsonFromModel(model: CrsModel): object {
  const { base } = model;
  const crs = model.projection
    ? projected(model, model.projection)
    : {
        type: 'GeographicCRS',
        name: model.name,
        ...buildDatum(base),
        coordinate_system: buildEllipsoidal(model.unit),
      };
  return base.shift ? bound(crs, base.shift) : { $schema: SCHEMA, ...crs };
}

function projected({ name, base, unit }: CrsModel, projection: NonNullable<CrsModel['projection']>): object {
  const method = findMethod(projection.method);
  const metre = unit.factor === 1 ? 'metre' : buildLinearUnit(unit);
  const axis = (title: string, abbreviation: string, direction: string) => ({
    name: title,
    abbreviation,
    direction,
    unit: metre,
  });
  return {
    type: 'ProjectedCRS',
    name,
    base_crs: {
      name: base.name,
      ...buildDatum(base),
      coordinate_system: inDegrees,
      ...(base.identifier ? { id: buildId(base.identifier) } : {}),
    },
    conversion: {
      name: projection.name || 'unnamed',
      method: {
        name: method?.name ?? projection.method,
        ...(method?.code ? { id: buildId({ authority: 'EPSG', code: String(method.code) }) } : {}),
      },
      parameters: method ? buildParameters(method, projection.values) : [],
    },
    coordinate_system: {
      subtype: 'Cartesian',
      axis: method?.flags?.includes('swu')
        ? [axis('Southing', 'X', 'south'), axis('Westing', 'Y', 'west')]
        : method?.flags?.includes('wsu')
          ? [axis('Westing', 'Y', 'west'), axis('Southing', 'X', 'south')]
          : [axis('Easting', 'E', 'east'), axis('Northing', 'N', 'north')],
    },
  };
}

function buildParameters({ takes }: Method, values: Readonly<Partial<Record<Role, number>>>): object[] {
  return (Object.entries(takes) as [Role, number | string][]).map(([role, code]) => ({
    name: typeof code === 'number' ? parameterNames[code] : code,
    value: values[role] ?? findDefaultValue(role),
    unit: { angle: 'degree', length: 'metre', scale: 'unity' }[parameters[role].kind],
    ...(typeof code === 'number' ? { id: buildId({ authority: 'EPSG', code: String(code) }) } : {}),
  }));
}

function buildDatum({ datum, ellipsoid, meridian }: BaseCrs): object {
  const { name, axis, inverseFlattening } = ellipsoid;
  return {
    datum: {
      type: 'GeodeticReferenceFrame',
      name: datum,
      ellipsoid:
        inverseFlattening === 0
          ? { name, radius: axis }
          : { name, semi_major_axis: axis, inverse_flattening: inverseFlattening },
      ...(meridian.longitude === 0 ? {} : { prime_meridian: meridian }),
    },
  };
}

function buildEllipsoidal({ name, factor }: CrsModel['unit']): object {
  const unit =
    factor === 1 ? 'degree' : { type: 'AngularUnit', name, conversion_factor: radiansFromDegrees(factor) };
  return {
    subtype: 'ellipsoidal',
    axis: [
      { name: 'Geodetic longitude', abbreviation: 'Lon', direction: 'east', unit },
      { name: 'Geodetic latitude', abbreviation: 'Lat', direction: 'north', unit },
    ],
  };
}

const inDegrees = buildEllipsoidal({ name: 'degree', factor: 1 });

const buildLinearUnit = ({ name, factor }: CrsModel['unit']): object => ({
  type: 'LinearUnit',
  name,
  conversion_factor: factor,
});

const buildId = ({ authority, code }: { authority: string; code: string }) => ({
  authority,
  code: /^\d+$/.test(code) ? Number(code) : code,
});

/** A CRS with the shift of its datum to WGS 84 (position vector, as `+towgs84` has it). */
function bound(source_crs: object, shift: readonly number[]): object {
  const [x = 0, y = 0, z = 0, turnX = 0, turnY = 0, turnZ = 0, scale = 0] = shift;
  const parameter = (name: string, code: number, value: number, unit: string | object) => ({
    name,
    value,
    unit,
    id: { authority: 'EPSG', code },
  });
  const second = { type: 'AngularUnit', name: 'arc-second', conversion_factor: Math.PI / 648_000 };
  const million = { type: 'ScaleUnit', name: 'parts per million', conversion_factor: 1e-6 };
  return {
    $schema: SCHEMA,
    type: 'BoundCRS',
    source_crs,
    target_crs: {
      type: 'GeographicCRS',
      name: 'WGS 84',
      datum: {
        type: 'GeodeticReferenceFrame',
        name: 'World Geodetic System 1984',
        ellipsoid: { name: 'WGS 84', semi_major_axis: 6378137, inverse_flattening: 298.257223563 },
      },
      coordinate_system: inDegrees,
      id: { authority: 'EPSG', code: 4326 },
    },
    transformation: {
      name: 'Transformation to WGS 84',
      method: {
        name: 'Position Vector transformation (geog2D domain)',
        id: { authority: 'EPSG', code: 9606 },
      },
      parameters: [
        parameter('X-axis translation', 8605, x, 'metre'),
        parameter('Y-axis translation', 8606, y, 'metre'),
        parameter('Z-axis translation', 8607, z, 'metre'),
        parameter('X-axis rotation', 8608, turnX, second),
        parameter('Y-axis rotation', 8609, turnY, second),
        parameter('Z-axis rotation', 8610, turnZ, second),
        parameter('Scale difference', 8611, scale, million),
      ],
    },
  };
}
