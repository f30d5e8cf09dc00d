import type { RunContext, Source } from '../../core/run/context.ts';
import { ClassLimitExceeded, InvalidInput, InvalidRequest } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';
import { BeyondReader, FormatError, readingError } from '../../core/shared/format-error.ts';
import { driversBeyond } from '../../core/shared/gdal-formats.ts';
import { isOtherJson } from '../../core/shared/geojson-types.ts';
import { isObject } from '../../core/shared/json.ts';
import { countJsonValues, mostJsonValues } from '../../core/shared/json-bounds.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { type Crs, crs84 } from '../crs/crs.ts';
import { requireComputable } from '../crs/find-crs.ts';
import { normaliseReadLongitudes } from '../geodesy/normalise-longitudes.ts';
import { GeometryChecker } from '../layer/geometry-faults.ts';
import { checkFeatureCount, checkVertexCount, type Layer } from '../layer/layer.ts';
import type { FileContent, FileReader } from './common/file-reader.ts';
import { unpackedSource } from './common/gzip.ts';
import { detectLayerFormat, unknownFormat } from './detect-format.ts';
import { type GeojsonOptions, layerFromGeojson } from './geojson/geojson.ts';
import { collectionFromSequence } from './geojson/geojson-sequence.ts';
import { isArchive } from './kml/kmz.ts';

/** Formats that are read as JSON. */
const jsonFormats: readonly string[] = [MediaType.geojson, MediaType.geojsonSequence, MediaType.jsonFg];

const readers: Readonly<
  Record<
    string,
    {
      readonly title: string;
      readonly load: () => Promise<FileReader>;
    }
  >
> = {
  [MediaType.flatgeobuf]: {
    title: 'FlatGeobuf',
    load: async () => (await import('./flatgeobuf/flatgeobuf-read.ts')).readFlatgeobuf,
  },
  [MediaType.geopackage]: {
    title: 'GeoPackage',
    load: async () => (await import('./geopackage/geopackage-read.ts')).readGeopackage,
  },
  [MediaType.geoparquet]: {
    title: 'GeoParquet',
    load: async () => (await import('./geoparquet/geoparquet-read.ts')).readGeoparquet,
  },
  [MediaType.shapefile]: {
    title: 'a zipped Shapefile',
    load: async () => (await import('./shapefile/shapefile-read.ts')).readShapefile,
  },
  [MediaType.kml]: { title: 'KML', load: async () => (await import('./kml/kml-read.ts')).readKml },
  [MediaType.csv]: {
    title: 'CSV',
    load: async () => (await import('./csv/csv-read.ts')).readCsv,
  },
};

/**
 * Reads a layer in any of the supported formats, by value or by reference, and checks it in full: structure,
 * CRS and limits.
 *
 * @param override CRS that is taken instead of what the data says of its CRS.
 * @throws InvalidRequest with a pointer to each fault (the first 20), LimitExceeded
 */
export async function readLayer(source: Source, context: RunContext, override?: Crs): Promise<Layer> {
  if (source.value !== undefined && !(isObject(source.value) && isOtherJson(source.value)))
    return geojsonLayer(source.value, source.pointer, context, { override });
  const file = await source.bytes();
  const unpacked = unpackedSource(source, file, context) ?? (await packedAlone(source, file, context));
  if (unpacked) return readLayer(unpacked, context, override);
  const bytes = file;
  const mediaType = await detectLayerFormat(source);
  if (mediaType !== undefined && jsonFormats.includes(mediaType)) {
    checkJsonValues(bytes, source.pointer, context);
    const parse = mediaType === MediaType.geojsonSequence ? collectionFromSequence : parsedJson;
    const value = parse(bytes, source.pointer, (features) =>
      checkFeatureCount(features, source.pointer, context),
    );
    if (!(isObject(value) && isOtherJson(value)))
      return {
        ...(await geojsonLayer(value, source.pointer, context, { override, lenient: true })),
        mediaType,
      };
  }
  const content = await readContent(mediaType, bytes, source, context);
  return checkedLayer(content, mediaType ?? MediaType.binary, source, context, override);
}

/** A layer of our own formats, alone in a zip. */
async function packedAlone(
  source: Source,
  bytes: Uint8Array,
  context: RunContext,
): Promise<Source | undefined> {
  if (!isArchive(bytes)) return undefined;
  try {
    return (await import('./zip/inner-file.ts')).innerSource(source, bytes, context);
  } catch (cause) {
    throw readingError(cause, source.pointer, 'a zip archive');
  }
}

/** Checks what a reader has found. */
function checkedLayer(
  { features, crs: own, crsFault, remarks = [] }: FileContent,
  mediaType: string,
  source: Source,
  context: RunContext,
  override: Crs | undefined,
): Layer | Promise<Layer> {
  // What a file says of its number of features need not be true.
  checkFeatureCount(features.length, source.pointer, context);
  if (crsFault !== undefined && !override) throw new InvalidInput(source.pointer, crsFault);
  const guess = override ? undefined : own?.guess;
  const unnamed = 'The file has no CRS; its coordinates are assumed to be in CRS84.';
  for (const remark of own === undefined && !override ? [...remarks, unnamed] : remarks)
    context.warn(remark, { input: source.pointer });
  if (guess !== undefined) context.warn(guess, { input: source.pointer });
  const crs = override ?? requireComputable(own ?? crs84, source.pointer);
  const geometryPointer = (index: number) => `${source.pointer}/features/${index}/geometry`;
  const checker = new GeometryChecker({ crs, lenient: true });
  for (let index = 0; index < features.length && !checker.full; index++) {
    const feature = requirePresent(features[index], 'The feature');
    if (feature.geometry !== null)
      feature.geometry = checker.check(feature.geometry, geometryPointer(index), index);
  }
  if (own === undefined && !override && checker.beyondDegrees > 0)
    throw withoutCrs(mediaType, source, checker);
  if (checker.faults.length > 0) throw new InvalidRequest(checker.faults, 'An input is not valid');
  checkVertexCount(checker.vertices, source.pointer, context);
  checker.tellMendings(context, source.pointer, geometryPointer);
  const { degenerate } = checker;
  const layer = { features, crs, mediaType, geometryPointer, degenerate };
  return checker.mayCross ? normaliseReadLongitudes(layer, context) : layer;
}

async function geojsonLayer(
  value: unknown,
  pointer: string,
  context: RunContext,
  options: GeojsonOptions,
): Promise<Layer> {
  const { layer, mayCross } = await layerFromGeojson(value, pointer, context, options);
  return mayCross ? normaliseReadLongitudes(layer, context) : layer;
}

/** One sentence instead of one per vertex: a file that names no CRS has coordinates that need one. */
function withoutCrs(mediaType: string, { pointer }: Source, { faults }: GeometryChecker): InvalidInput {
  const [first] = faults;
  const file = mediaType === MediaType.shapefile ? 'the Shapefile has no .prj' : 'the file has no CRS';
  const remedy =
    mediaType === MediaType.shapefile ? 'Add the .prj to the zip' : 'Write the file with its CRS';
  return new InvalidInput(
    pointer,
    `does not state the CRS of its coordinates: ${file}, and they are not valid longitudes and latitudes (${first?.detail.replace(/\.$/, '') ?? ''}). ${remedy}, or set the input "sourceCrs" of the process "reproject".`,
  );
}

/**
 * Runs the reader of a format, and GDAL where there is none or it leaves out what the file has.
 *
 * @throws InvalidInput for what is the file's fault; what else goes wrong is the service's
 */
async function readContent(
  mediaType: string | undefined,
  bytes: Uint8Array,
  source: Source,
  context: RunContext,
): Promise<FileContent> {
  const count = (features: number) => checkFeatureCount(features, source.pointer, context);
  const reader = readers[mediaType ?? ''];
  if (!reader) return readByOthers(source, count, context);
  const read = await reader.load();
  try {
    return await read(bytes, source, count, context);
  } catch (cause) {
    const title = (cause instanceof BeyondReader && cause.title) || reader.title;
    const error = readingError(cause, source.pointer, title);
    if (cause instanceof BeyondReader)
      return readByOthers(source, count, context, {
        drivers: driversBeyond[mediaType ?? ''],
        cause,
        error,
      });
    throw error;
  }
}

/** What a reader has left out. */
interface Beyond {
  /** Drivers of GDAL that may know it; absent: all. */
  readonly drivers: readonly string[] | undefined;
  readonly cause: BeyondReader;
  /** What is told where nobody else reads it. */
  readonly error: unknown;
}

/** Reads a file by way of GDAL. */
async function readByOthers(
  source: Source,
  count: (features: number) => void,
  context: RunContext,
  beyond?: Beyond,
): Promise<FileContent> {
  const { readByGdal } = await import('./by-gdal/read-by-gdal.ts');
  try {
    const content = await readByGdal(source, count, context, beyond?.drivers);
    if (!content) throw beyond?.error ?? (await unknownFormat(source));
    const remark = beyond?.cause.remark;
    return remark === undefined ? content : { ...content, remarks: [remark, ...(content.remarks ?? [])] };
  } catch (cause) {
    if (beyond && cause instanceof FormatError) throw beyond.error;
    throw readingError(cause, source.pointer, 'a layer');
  }
}

/** Refuses text that would take many times its length in memory. @throws LimitExceeded */
function checkJsonValues(bytes: Uint8Array, pointer: string, { limits }: RunContext): void {
  const most = mostJsonValues(limits.vertices);
  if (countJsonValues(bytes, most) <= most) return;
  throw new ClassLimitExceeded(
    pointer,
    `The file has more than ${most} values (numbers, strings, arrays and objects), which is the limit of the process.`,
  );
}

/** A feature on the first line, and another on the next: no GeoJSON, but written under its name by many. */
const LINES = /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/;

function parsedJson(bytes: Uint8Array, pointer: string, count: (features: number) => void): unknown {
  try {
    return parseExact(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    if (LINES.test(Buffer.from(bytes.subarray(0, 1_000_000)).toString('latin1')))
      return collectionFromSequence(bytes, pointer, count);
    throw new InvalidInput(pointer, `cannot be read as GeoJSON: ${(cause as Error).message}.`);
  }
}
