import { setImmediate } from 'node:timers/promises';
import type { Geometry } from 'geojson';
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { CrsInput } from '../../../core/run/bounding-box.ts';
import { crs84 } from '../../crs/crs.ts';
import { findCrs } from '../../crs/find-crs.ts';
import type { LayerFeature, Properties } from '../../layer/layer.ts';
import type { FileContent, FileReader } from '../common/file-reader.ts';
import { geometryFromWkb } from '../wkb/wkb.ts';
import { checkPages } from './geoparquet-pages.ts';

interface GeoColumn {
  readonly encoding?: string;
  readonly crs?: CrsInput | null;
}

/** Reads a GeoParquet file (1.0, 1.1; WKB geometries). Dates become ISO texts, other binary columns base64. */
export const readGeoparquet: FileReader = async (bytes, _source, count) => {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parquetMetadata(file, { geoparquet: false });
  count(Number(metadata.num_rows));
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'geo')?.value;
  if (!text) throw new Error('it has no "geo" metadata: a Parquet file, but not a GeoParquet one.');
  const geo = JSON.parse(text) as { primary_column: string; columns: Readonly<Record<string, GeoColumn>> };
  const column = geo.columns[geo.primary_column];
  if (!column) throw new Error(`its "geo" metadata does not describe the column "${geo.primary_column}".`);
  if (column.encoding !== 'WKB') {
    throw new Error(`its geometries are encoded as ${column.encoding}; only WKB is read.`);
  }
  checkPages(file, metadata);
  const rows = await rowsOf(file, metadata);
  const days = new Set(
    metadata.schema.filter(({ converted_type }) => converted_type === 'DATE').map(({ name }) => name),
  );
  const features = rows.map((row) => featureOf(row, geo.primary_column, days));
  return { features, ...crsOfColumn(column) };
};

/**
 * The rows of a file. The library starts to read all columns before it checks how they fit together; where it gives
 * up then, the columns that are broken as well would fail with nobody to hear of it. So none is read before.
 */
async function rowsOf(file: ArrayBuffer, metadata: FileMetaData): Promise<Record<string, unknown>[]> {
  let gaveUp = false;
  const slice = async (start: number, end?: number): Promise<ArrayBuffer> => {
    await setImmediate();
    return gaveUp ? new Promise(() => {}) : file.slice(start, end);
  };
  try {
    const patient = { byteLength: file.byteLength, slice };
    return await parquetReadObjects({ file: patient, metadata, compressors, geoparquet: false, utf8: false });
  } catch (cause) {
    gaveUp = true;
    throw cause;
  }
}

/** @param days names of the columns that hold dates without a time. */
function featureOf(
  row: Record<string, unknown>,
  geometryColumn: string,
  days: ReadonlySet<string>,
): LayerFeature {
  const properties: Properties = {};
  for (const [name, value] of Object.entries(row)) {
    if (name === geometryColumn) continue;
    const isDay = value instanceof Date && days.has(name);
    properties[name] = isDay ? value.toISOString().slice(0, 10) : plain(value);
  }
  return { type: 'Feature', properties, geometry: geometryOf(row[geometryColumn]) };
}

function geometryOf(value: unknown): Geometry | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return geometryFromWkb(value);
  throw new Error('its geometry column does not hold bytes.');
}

/** The value as JSON has it. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** A missing `crs` is CRS84, null is unknown; else it is PROJJSON. */
function crsOfColumn({ crs }: GeoColumn): Pick<FileContent, 'crs' | 'crsFault'> {
  if (crs === undefined) return { crs: crs84 };
  if (crs === null) return { crs: undefined };
  const found = findCrs(crs);
  const shown = JSON.stringify(crs).slice(0, 60);
  return found
    ? { crs: found }
    : { crs: undefined, crsFault: `has a CRS whose definition cannot be read: ${shown}.` };
}
