import type { Geometry, Position } from 'geojson';
import type { FileMetaData } from 'hyparquet';
import type { CrsInput } from '../../../core/run/bounding-box.ts';
import { FormatError, parsing } from '../../../core/shared/format-error.ts';
import { requirePresent } from '../../../core/shared/require-present.ts';
import type { TellCurve } from '../../geometry/arcs.ts';
import { geometryFromWkb } from '../wkb/wkb.ts';

/** The column that holds the geometries of a Parquet file. */
export interface GeometryColumn {
  readonly name: string;
  /** `WKB`, or the name of a geometry type: native encodings of GeoParquet 1.1 (GeoArrow). */
  readonly encoding: string;
  /** Absent is CRS84, null is not known. */
  readonly crs?: CrsInput | null;
}

/** Names under which many programs write WKB without saying so. */
const usualNames = /^(?:geometry|geom|the_geom|wkb_geometry|wkb|shape)$/i;

/**
 * The geometry column: as the `geo` metadata of GeoParquet says, else the first of the logical type GEOMETRY or
 * GEOGRAPHY of Parquet, else a column of bytes with one of the usual names.
 *
 * @throws FormatError
 */
export function findParquetGeometry(metadata: FileMetaData): GeometryColumn {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'geo')?.value;
  if (text) return columnFromMetadata(text);
  const typed = metadata.schema.find(({ logical_type: logical }) => /^GEO/.test(logical?.type ?? ''));
  if (typed) {
    const { crs } = typed.logical_type as { readonly crs?: string };
    return { name: typed.name, encoding: 'WKB', ...crsOfText(crs, metadata) };
  }
  const named = metadata.schema.find(
    ({ name, type, converted_type: converted, logical_type: logical }) =>
      type === 'BYTE_ARRAY' && !converted && !logical && usualNames.test(name),
  );
  if (!named)
    throw new FormatError(
      'it has no geometry column: neither "geo" metadata, nor a column of the type GEOMETRY, nor a binary column named "geometry".',
    );
  return { name: named.name, encoding: 'WKB', crs: null };
}

function columnFromMetadata(text: string): GeometryColumn {
  const geo = parsing(() => JSON.parse(text)) as {
    primary_column?: string;
    columns?: Readonly<Record<string, { readonly encoding?: string; readonly crs?: CrsInput | null }>>;
  } | null;
  const name = geo?.primary_column ?? '';
  const column = geo?.columns?.[name];
  if (!column) throw new FormatError(`its "geo" metadata does not describe the column "${name}".`);
  const { encoding = '' } = column;
  if (encoding !== 'WKB' && !Object.hasOwn(nativeDepths, encoding))
    throw new FormatError(
      `its geometries are encoded as ${encoding}, which is not an encoding of GeoParquet 1.1.`,
    );
  return { name, encoding, ...(column.crs === undefined ? {} : { crs: column.crs }) };
}

/** The CRS of a logical type: PROJJSON, the name of metadata with it (`projjson:name`), `srid:5070` or `EPSG:5070`. */
function crsOfText(text: string | undefined, metadata: FileMetaData): Pick<GeometryColumn, 'crs'> {
  if (!text) return {};
  const [, authority = '', code = ''] = /^(\w+):(\w+)$/.exec(text) ?? [];
  if (/^srid$/i.test(authority))
    return code === '0' ? { crs: null } : { crs: { id: { authority: 'EPSG', code } } };
  const key = /^projjson:(.+)$/i.exec(text)?.[1];
  if (key === undefined && authority !== '') return { crs: { id: { authority, code } } };
  const json =
    key === undefined ? text : metadata.key_value_metadata?.find((entry) => entry.key === key)?.value;
  return { crs: parsing(() => JSON.parse(json ?? 'null')) as CrsInput | null };
}

/** Lists around the positions of native encodings, and the types that they are. */
const nativeDepths: Readonly<Record<string, readonly [depth: number, type: string]>> = {
  point: [0, 'Point'],
  linestring: [1, 'LineString'],
  polygon: [2, 'Polygon'],
  multipoint: [1, 'MultiPoint'],
  multilinestring: [2, 'MultiLineString'],
  multipolygon: [3, 'MultiPolygon'],
};

/** The geometry that a value of the column is. @throws FormatError */
export function geometryOfValue(value: unknown, encoding: string, tellCurve: TellCurve): Geometry | null {
  if (value === null || value === undefined) return null;
  if (encoding !== 'WKB') {
    const [depth, type] = requirePresent(nativeDepths[encoding], 'The depth of the encoding');
    return { type, coordinates: readCoordinates(value, depth) } as Geometry;
  }
  if (value instanceof Uint8Array) return geometryFromWkb(value, tellCurve);
  throw new FormatError('its geometry column does not hold bytes.');
}

function readCoordinates(value: unknown, depth: number): unknown[] {
  if (depth === 0) return readPosition(value);
  if (!Array.isArray(value))
    throw new FormatError('its geometry column does not hold the lists of its encoding.');
  return value.map((item) => readCoordinates(item, depth - 1));
}

function readPosition(value: unknown): Position {
  const { x, y, z } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof x !== 'number' || typeof y !== 'number')
    throw new FormatError('its geometry column does not hold the positions of its encoding.');
  return typeof z === 'number' && !Number.isNaN(z) ? [x, y, z] : [x, y];
}
