import { setImmediate } from 'node:timers/promises';
import { type FileMetaData, parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { REFERENCED_BYTES } from '../../../core/run/context.ts';
import { exactInteger } from '../../../core/shared/exact-json.ts';
import { FormatError, parsing, parsingAsync } from '../../../core/shared/format-error.ts';
import { DEEPEST_NESTING, jsonOrText } from '../../../core/shared/json.ts';
import { crs84 } from '../../crs/crs.ts';
import { findCrs } from '../../crs/find-crs.ts';
import type { TellCurve } from '../../geometry/arcs.ts';
import type { LayerFeature, Properties } from '../../layer/layer.ts';
import { setProperty } from '../../layer/properties.ts';
import { CurveTally } from '../common/curve-tally.ts';
import { type FileContent, type FileReader, LEFT_OUT_MEASURES } from '../common/file-reader.ts';
import { checkUnpacked, checkValues } from '../common/values.ts';
import { hasMeasures } from '../wkb/wkb-measures.ts';
import { boundedCompressors } from './bounded-compressors.ts';
import { findParquetGeometry, type GeometryColumn, geometryOfValue } from './geometry-column.ts';
import { checkFooter, checkPages } from './geoparquet-pages.ts';
import { findTimeColumns, formatTimestamp } from './timestamps.ts';

/** Geometries stay bytes, which our own reader takes; moments and integers in JSON keep all their digits. */
const parsers = {
  timestampFromMilliseconds: (value: bigint) => formatTimestamp(value, 1000n),
  timestampFromMicroseconds: (value: bigint) => formatTimestamp(value, 1_000_000n),
  timestampFromNanoseconds: (value: bigint) => formatTimestamp(value, 1_000_000_000n),
  jsonFromBytes: (bytes: Uint8Array | undefined) => bytes && jsonOrText(new TextDecoder().decode(bytes)),
  geometryFromBytes: (bytes: Uint8Array) => bytes,
  geographyFromBytes: (bytes: Uint8Array) => bytes,
};

/**
 * Reads a GeoParquet file (1.0, 1.1), or a Parquet file with a column of geometries. Dates become ISO texts, other binary columns base64.
 *
 * @throws FormatError
 */
export const readGeoparquet: FileReader = async (bytes, { pointer }, count, { limits }) => {
  const file = new Uint8Array(bytes).buffer;
  const metadata = parsing(() => parquetMetadata(file, { geoparquet: false }));
  checkFooter(metadata);
  if (metadata.num_rows < 0n)
    throw new FormatError('its footer is damaged: it states a negative number of rows.');
  count(Number(metadata.num_rows));
  const column = findParquetGeometry(metadata);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (
    metadata.schema.filter(({ name }) => name === '__proto__').length >
    names.filter((name) => name === '__proto__').length
  )
    // The library assigns the members of groups by their names, and this one would be lost.
    throw new FormatError('it has a group with a member "__proto__", which cannot be read; rename it.');
  if (Number(metadata.num_rows) === 0) return { features: [], ...readCrs(column) };
  const limit = limits.referencedBytes ?? REFERENCED_BYTES;
  checkPages(file, metadata, (sum) => {
    checkValues(sum.values, pointer);
    checkUnpacked(sum.bytes, limit, pointer);
  });
  checkValues(Number(metadata.num_rows) * metadata.schema.length, pointer);
  const rows = await readRows(file, metadata);
  const moments = findTimeColumns(metadata);
  const curves = new CurveTally(pointer);
  const features = rows.map((row) => featureFromRow(row, names, column, moments, curves.tell));
  const place = names.indexOf(column.name);
  const isMeasured = (value: unknown) => value instanceof Uint8Array && hasMeasures(value);
  const remarks = rows.some((row) => isMeasured(row[place])) ? [LEFT_OUT_MEASURES] : [];
  return { features, ...readCrs(column), remarks: [...remarks, ...curves.remarks] };
};

/**
 * The rows of a file. The library starts to read all columns before it checks how they fit together; where it gives
 * up then, the columns that are broken as well would fail with nobody to hear of it. So none is read before.
 */
async function readRows(file: ArrayBuffer, metadata: FileMetaData): Promise<readonly (readonly unknown[])[]> {
  let gaveUp = false;
  const slice = async (start: number, end?: number): Promise<ArrayBuffer> => {
    await setImmediate();
    return gaveUp ? new Promise(() => {}) : file.slice(start, end);
  };
  try {
    const patient = { byteLength: file.byteLength, slice };
    let rows: readonly (readonly unknown[])[] = [];
    // As lists: in objects a column "__proto__" would be lost.
    const onComplete = (found: unknown[][]) => {
      rows = found;
    };
    const compressors = boundedCompressors;
    const options = { compressors, parsers, geoparquet: false, utf8: false, onComplete } as const;
    await parsingAsync(() => parquetRead({ file: patient, metadata, ...options }));
    return rows;
  } catch (cause) {
    gaveUp = true;
    throw cause;
  }
}

/** @param moments how the values of some columns are written */
function featureFromRow(
  row: readonly unknown[],
  names: readonly string[],
  { name: geometryColumn, encoding }: GeometryColumn,
  moments: ReturnType<typeof findTimeColumns>,
  tellCurve: TellCurve,
): LayerFeature {
  const properties: Properties = {};
  let geometry: unknown;
  for (const [index, name] of names.entries()) {
    const value = row[index];
    if (name === geometryColumn) geometry = value;
    else setProperty(properties, name, plain(moments.get(name)?.(value) ?? value));
  }
  return { type: 'Feature', properties, geometry: geometryOfValue(geometry, encoding, tellCurve) };
}

/** Base64 of values that many rows share by a dictionary: one text for all of them. */
const encoded = new WeakMap<Uint8Array, string>();

function base64(bytes: Uint8Array): string {
  const known = encoded.get(bytes);
  if (known !== undefined) return known;
  const text = Buffer.from(bytes).toString('base64');
  encoded.set(bytes, text);
  return text;
}

/** The value as JSON has it. @throws FormatError where it nests without end */
function plain(value: unknown, levels = DEEPEST_NESTING): unknown {
  if (levels === 0)
    throw new FormatError(`it has a value that nests more than ${DEEPEST_NESTING} lists and groups.`);
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return exactInteger(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return base64(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, levels - 1));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, levels - 1)]));
}

/** A missing `crs` is CRS84, null is unknown; else it is PROJJSON. */
function readCrs({ crs }: GeometryColumn): Pick<FileContent, 'crs' | 'crsFault'> {
  if (crs === undefined) return { crs: crs84 };
  if (crs === null) return { crs: undefined };
  const found = findCrs(crs);
  const shown = JSON.stringify(crs).slice(0, 60);
  return found
    ? { crs: found }
    : { crs: undefined, crsFault: `has a CRS whose definition cannot be read: ${shown}.` };
}
