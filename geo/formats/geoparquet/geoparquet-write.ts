import { ByteWriter, type ColumnSource, parquetWrite } from 'hyparquet-writer';
import { mayHaveLongIntegers, parseExact, rawNumber } from '../../../core/shared/exact-json.ts';
import { crs84 } from '../../crs/crs.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { computeBounds, type LayerContent } from '../../layer/layer.ts';
import { type Column, inferColumns } from '../common/columns.ts';
import { hasZ, WkbWriter } from '../wkb/wkb.ts';

const columnTypes = {
  boolean: 'BOOLEAN',
  integer: 'INT64',
  number: 'DOUBLE',
  string: 'STRING',
  json: 'JSON',
} as const;

/**
 * A GeoParquet 1.1 file: a column per property, and WKB in the column `geometry` (`geometry_2` where a property
 * has that name). Ids are kept as column `id` where no property has that name.
 *
 * @param projjson the CRS as PROJJSON; left out for CRS84, the default of the format.
 */
export async function geoparquetBytes(
  { features, crs }: LayerContent,
  projjson: object | undefined,
): Promise<Uint8Array> {
  const columns = inferColumns(features);
  const geometryColumn = columns.some(({ name }) => name === 'geometry') ? 'geometry_2' : 'geometry';
  const wkb = new WkbWriter();
  const geometries = features.map(({ geometry }) => (geometry ? wkb.write(geometry).slice() : null));
  const writer = new ByteWriter();
  const data: ColumnSource[] = [
    ...columns.map((column) => ({
      name: column.name,
      type: columnTypes[column.type],
      data: features.map((feature) => parquetValue(column, column.read(feature))),
    })),
    { name: geometryColumn, type: 'BYTE_ARRAY', data: geometries, statistics: false },
  ];
  const types = new Set(
    features.flatMap(({ geometry }) => (geometry ? [typeName(geometry.type, hasZ(geometry))] : [])),
  );
  const bbox: Bounds | undefined = computeBounds(features.map(({ geometry }) => geometry));
  const column = {
    encoding: 'WKB',
    geometry_types: [...types].sort(),
    ...(crs === crs84 || projjson === undefined ? {} : { crs: projjson }),
    ...(bbox ? { bbox } : {}),
  };
  const geo = { version: '1.1.0', primary_column: geometryColumn, columns: { [geometryColumn]: column } };
  await parquetWrite({ writer, columnData: data, kvMetadata: [{ key: 'geo', value: JSON.stringify(geo) }] });
  return new Uint8Array(writer.getBuffer());
}

const typeName = (type: string, z: boolean): string => (z ? `${type} Z` : type);

/** Integers of 64 bits are BigInt, and JSON columns take values, not their text. */
function parquetValue({ type }: Column, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'integer') return BigInt(value as number);
  if (type !== 'json') return value;
  const parsed = parseExact(value as string, true);
  // The library rounds the integers of 64 bits in what it knows as an object, but not in what has no prototype.
  return mayHaveLongIntegers(value as string)
    ? Object.assign(Object.create(null), {
        toJSON: () => (typeof parsed === 'bigint' ? rawNumber(value as string) : parsed),
      })
    : parsed;
}
