import { ByteBuffer } from 'flatbuffers';
import { fromFeature } from 'flatgeobuf/lib/mjs/geojson/feature.js';
import { deserialize } from 'flatgeobuf/lib/mjs/geojson.js';
import { fromByteBuffer } from 'flatgeobuf/lib/mjs/header-meta.js';
import { HttpReader } from 'flatgeobuf/lib/mjs/http-reader.js';
import type { Feature, Geometry } from 'geojson';
import { type CrsReference, parseReference } from '../crs/reference.ts';
import { RangedFile } from './ranged-file.ts';

/** A FlatGeobuf on the web, of which parts are read. */
export interface FlatGeobufFile {
  readonly total: number;
  /** Undefined where the file names none that is understood. */
  readonly crs: CrsReference | undefined;
  /** Edges in the file's CRS: west, south, east, north. */
  readonly extent: readonly number[] | undefined;
  /** Without an index, and where there are few, all features were read at once. */
  readonly isIndexed: boolean;
  /** Features whose boxes meet an extent in the file's CRS, at most so many. */
  readonly read: (
    extent: readonly number[],
    most: number,
    signal?: AbortSignal,
  ) => Promise<Feature<Geometry>[]>;
  /** Boxes of the features, or of groups of sixteen neighbours where there are very many. */
  readonly readBoxes: () => Promise<Feature<Geometry>[]>;
}

/** Bytes before the header: those that say what this is, and the length of what follows. */
const [MAGIC, PREFIX] = [8, 4];
/** Bytes of a node of the index: four edges and a place in the file. */
const NODE = 40;
/** Children of a node at least, whatever a file says, as the reader of the index has it. */
const LEAST_NODE_SIZE = 2;
/** Nodes that are read for the boxes. */
const MOST_BOXES = 100_000;

/**
 * Opens a FlatGeobuf: one of many features with an index is read in parts, the header first, any other one as a whole.
 *
 * @param few features up to which a file is read as a whole
 */
export async function openFlatGeobuf(url: string, few: number): Promise<FlatGeobufFile> {
  const file = new RangedFile(url);
  const start = await file.read(0, MAGIC + PREFIX);
  const headerLength = new DataView(start).getUint32(MAGIC, true);
  const bytes = new Uint8Array(await file.read(MAGIC, PREFIX + headerLength));
  const header = fromByteBuffer(new ByteBuffer(bytes));
  const { featuresCount: total, envelope, crs, indexNodeSize } = header;
  const described = { total, crs: readCrs(crs), extent: envelope ? [...envelope] : undefined };
  // The reader would look for its end for ever.
  if (indexNodeSize > 0 && total === 0) throw new Error('An index of no features');
  if (indexNodeSize === 0 || total <= few) return { ...described, ...(await readAll(file)) };
  const reader = await HttpReader.openSource({
    getRange: (begin: number, length: number) => file.read(begin, length),
  });
  return {
    ...described,
    isIndexed: true,
    read: async ([minX = 0, minY = 0, maxX = 0, maxY = 0], most, signal) => {
      const features: Feature<Geometry>[] = [];
      for await (const { id, feature } of reader.selectBbox({ minX, minY, maxX, maxY })) {
        signal?.throwIfAborted();
        features.push(fromFeature(id, feature, header) as Feature<Geometry>);
        if (features.length >= most) break;
      }
      return features;
    },
    readBoxes: async () => {
      const { start, count } = chooseLevel(total, Math.max(LEAST_NODE_SIZE, indexNodeSize));
      const nodes = await file.read(reader.lengthBeforeTree() + start * NODE, count * NODE);
      const view = new DataView(nodes);
      return Array.from({ length: count }, (_, index) => toBox(view, index * NODE)).filter(
        (box) => box !== undefined,
      );
    },
  };
}

async function readAll(file: RangedFile): Promise<Pick<FlatGeobufFile, 'isIndexed' | 'read' | 'readBoxes'>> {
  const bytes = new Uint8Array(await (await file.request()).arrayBuffer());
  const features: Feature<Geometry>[] = [];
  for await (const feature of deserialize(bytes)) features.push(feature as Feature<Geometry>);
  return { isIndexed: false, read: () => Promise.resolve(features), readBoxes: () => Promise.resolve([]) };
}

function readCrs(
  crs: { readonly org: string | null; readonly code: number; readonly wkt: string | null } | null,
): CrsReference | undefined {
  if (!crs || (!crs.code && !crs.wkt)) return {};
  return crs.code ? parseReference(`${crs.org || 'EPSG'}:${crs.code}`) : parseReference(crs.wkt ?? '');
}

/** The lowest level of a packed Hilbert R-tree that has not too many nodes: levels stand from the root to the leaves. */
function chooseLevel(total: number, nodeSize: number): { start: number; count: number } {
  const counts = [total];
  while ((counts.at(-1) ?? 1) > 1) counts.push(Math.ceil((counts.at(-1) ?? 1) / nodeSize));
  const level = counts.findIndex((count) => count <= MOST_BOXES);
  const count = counts[level] ?? 1;
  const start = counts.slice(level + 1).reduce((sum, above) => sum + above, 0);
  return { start, count };
}

/** Undefined where there is nothing in it: the box of features without a place. */
function toBox(view: DataView, at: number): Feature<Geometry> | undefined {
  const edge = (index: number) => view.getFloat64(at + index * 8, true);
  const [west, south, east, north] = [edge(0), edge(1), edge(2), edge(3)];
  if (west > east) return undefined;
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const geometry: Geometry =
    west === east && south === north
      ? { type: 'Point', coordinates: [west, south] }
      : { type: 'Polygon', coordinates: [ring] };
  return { type: 'Feature', properties: {}, geometry };
}
