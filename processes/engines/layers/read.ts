import { Crs84, MediaType } from '../../../core/api/uris.ts';
import { InvalidInput, InvalidRequest, Refusal } from '../../../core/errors.ts';
import type { RunContext, Source } from '../../../core/processes/declaration.ts';
import { crsOf, type LayerCrs } from './crs.ts';
import { layerFormatOf } from './format-of.ts';
import { layerFromGeojson } from './geojson.ts';
import { GeometryChecker } from './geometry-faults.ts';
import { checkFeatureCount, checkVertexCount, type Layer, type LayerFeature } from './layer.ts';

/** What a reader of a binary format finds. */
export interface FileContent {
  readonly features: LayerFeature[];
  /** Identifier of the CRS as the file writes it; undefined where it names none: CRS84 then. */
  readonly crs: string | undefined;
}

/** Reads a file; `count` is called with the number of features before they are decoded. */
export type FileReader = (
  bytes: Uint8Array,
  source: Source,
  count: (features: number) => void,
) => Promise<FileContent>;

const readers: Readonly<
  Record<string, { readonly title: string; readonly load: () => Promise<FileReader> }>
> = {
  [MediaType.flatgeobuf]: {
    title: 'FlatGeobuf',
    load: async () => (await import('./flatgeobuf-read.ts')).readFlatgeobuf,
  },
  [MediaType.geopackage]: {
    title: 'GeoPackage',
    load: async () => (await import('./geopackage-read.ts')).readGeopackage,
  },
  [MediaType.geoparquet]: {
    title: 'GeoParquet',
    load: async () => (await import('./geoparquet-read.ts')).readGeoparquet,
  },
};

/**
 * Reads a layer in any of the supported formats, by value or by reference, and checks it in full: structure,
 * CRS and limits.
 *
 * @param override CRS that is taken instead of what the data says of its CRS.
 * @throws InvalidRequest with a pointer to each fault (the first 20), LimitExceeded
 */
export async function readLayer(source: Source, context: RunContext, override?: LayerCrs): Promise<Layer> {
  if (source.value !== undefined) return layerFromGeojson(source.value, source.pointer, context, override);
  const mediaType = await layerFormatOf(source);
  const bytes = await source.bytes();
  const reader = readers[mediaType];
  if (!reader) return layerFromGeojson(parsedJson(bytes, source.pointer), source.pointer, context, override);
  const { features, crs: name } = await contentOf(reader, bytes, source, context);
  if (name === undefined && !override)
    context.log('The file names no CRS; its coordinates are taken as CRS84.', { input: source.pointer });
  const crs = override ?? crsOf(name ?? Crs84, source.pointer);
  const geometryPointer = (index: number) => `${source.pointer}/features/${index}/geometry`;
  const checker = new GeometryChecker(crs.isGeographic);
  for (let index = 0; index < features.length && !checker.full; index++) {
    const { geometry } = features[index]!;
    if (geometry !== null) checker.geometry(geometry, geometryPointer(index));
  }
  if (checker.faults.length > 0) throw new InvalidRequest(checker.faults, 'An input is not valid');
  checkVertexCount(checker.vertices, source.pointer, context);
  return { features, crs: crs.name, mediaType, geometryPointer };
}

/** Runs a reader; whatever it stumbles over is the file's fault, not the service's. */
async function contentOf(
  { title, load }: { readonly title: string; readonly load: () => Promise<FileReader> },
  bytes: Uint8Array,
  source: Source,
  context: RunContext,
): Promise<FileContent> {
  const read = await load();
  try {
    return await read(bytes, source, (features) => checkFeatureCount(features, source.pointer, context));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInput(source.pointer, `cannot be read as ${title}: ${reason}`);
  }
}

function parsedJson(bytes: Uint8Array, pointer: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new InvalidInput(pointer, `cannot be read as GeoJSON: ${(cause as Error).message}`);
  }
}
