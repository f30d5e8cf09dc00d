import { isDeepStrictEqual } from 'node:util';
import type { RunContext } from '../../../../core/run/context.ts';
import type { RasterContent, Samples } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { putTile } from './assemble.ts';
import { FRAME, layOutFile } from './file-layout.ts';
import { listOverviews, type Overview } from './overviews.ts';
import { packTiles, tilePacker } from './pack-tiles.ts';
import { type PartIndex, type PartsFile, unpackEntries, unpackNumbers } from './part-index.ts';

/** A part of a raster that lies in an object. */
export interface StoredPart {
  readonly key: string;
  readonly index: PartIndex;
  /** Where its data begin in the object. */
  readonly start: number;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
}

/** Bytes of a file: at hand, or a range of an object. */
export type FilePiece = Uint8Array | ObjectRange;

export interface ObjectRange {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
}

/** Keeps bytes as an object. @returns its key */
export type Spool = (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<string>;

/**
 * Makes the file of a raster from its parts: the same bytes as if it had been written at once, as a list of pieces, of which
 * all but the header lie in objects. No more is in memory than a row of tiles.
 *
 * @param parts all of them, from the first row to the last
 * @param spool keeps the tiles of an overview, which are made here from the pixels that the parts have of it
 * @throws Error when the parts are not those of one raster
 */
export async function joinParts(
  parts: readonly StoredPart[],
  spool: Spool,
  progress: RunContext['progress'],
): Promise<{ readonly pieces: readonly FilePiece[]; readonly size: number }> {
  const file = verifyParts(parts);
  const overviews = file.cloudOptimized ? listOverviews(file) : [];
  const frame = file.cloudOptimized ? FRAME : 0;
  const total = overviews.reduce((sum, { height }) => sum + height, 0);
  let done = 0;
  const spooled: { readonly lengths: readonly number[]; readonly range: ObjectRange }[] = [];
  for (const [level, overview] of overviews.entries()) {
    const lengths: number[] = [];
    const tileRows = async function* (): AsyncGenerator<Uint8Array> {
      for (let row = 0; row < overview.height; row += file.tile) {
        await progress(done, total, 'Assembling the parts');
        const rows = Math.min(file.tile, overview.height - row);
        const tiles = await packOverviewRows(parts, file, { overview, level, row, rows });
        for (const { length } of tiles) lengths.push(length);
        done += rows;
        yield framed(tiles, frame);
      }
    };
    const key = await spool(`overview-${overview.factor}`, tileRows());
    const length = lengths.reduce((sum, bytes) => sum + bytes + 2 * frame, 0);
    spooled.push({ lengths, range: { key, offset: 0, length } });
  }
  const whole = parts.flatMap(({ index }) => index.lengths);
  const { header, size } = layOutFile(
    file.directories.map((directory, image) => ({
      entries: unpackEntries(directory),
      lengths: image === 0 ? whole : (spooled[image - 1]?.lengths ?? []),
    })),
    file.cloudOptimized,
  );
  const ranges = parts.map(({ key, start, index }) => ({
    key,
    offset: start,
    length: index.lengths.reduce((sum, bytes) => sum + bytes + 2 * frame, 0),
  }));
  return { pieces: [header, ...spooled.toReversed().map(({ range }) => range), ...ranges], size };
}

/** What all parts say of the file. @throws Error when they do not go together */
function verifyParts(parts: readonly StoredPart[]): PartsFile {
  const file = parts[0]?.index.file;
  if (!file) throw new Error('There are no parts');
  let row = 0;
  const rows = file.directories.slice(1).map(() => 0);
  for (const { key, index } of parts) {
    if (!isDeepStrictEqual(index.file, file)) throw new Error(`The part ${key} is of another raster`);
    const follows = index.overviews.every(
      ({ first, rows: count }, level) => count === 0 || first === rows[level],
    );
    if (index.first !== row || !follows) throw new Error(`The part ${key} does not follow the one before`);
    row = index.end;
    for (const [level, { rows: count }] of index.overviews.entries())
      rows[level] = (rows[level] ?? 0) + count;
  }
  if (row !== file.height) throw new Error(`The parts have ${row} of ${file.height} rows`);
  return file;
}

interface OverviewRows {
  readonly overview: Overview;
  readonly level: number;
  /** The first row, and how many: of one row of tiles. */
  readonly row: number;
  readonly rows: number;
}

/** The tiles of a row of tiles of an overview. */
async function packOverviewRows(
  parts: readonly StoredPart[],
  { bandCount, dataType, nodata, compression, tile }: PartsFile,
  { overview: { width }, level, row, rows }: OverviewRows,
): Promise<Uint8Array[]> {
  const bands = Array.from({ length: bandCount }, () => newSamples(dataType, width * rows));
  for (const { index, start, read } of parts) {
    const place = index.overviews[level];
    if (!place) throw new Error('A part lacks an overview');
    const first = Math.max(row, place.first);
    const end = Math.min(row + rows, place.first + place.rows);
    if (first >= end) continue;
    const rowBytes = width * bandCount * (bands[0]?.BYTES_PER_ELEMENT ?? 0);
    const length = (end - first) * rowBytes;
    const bytes = await read(start + place.offset + (first - place.first) * rowBytes, length);
    if (bytes.length !== length) throw new Error('A part ends in the middle of an overview');
    spread(bytes, bands, first - row, width);
  }
  const content: RasterContent = {
    width,
    height: rows,
    transform: [0, 1, 0, 0, 0, -1],
    crs: undefined,
    dataType,
    ...(nodata === undefined ? {} : { nodata: unpackNumbers(nodata)[0] ?? 0 }),
    bands,
  };
  return packTiles(content, tile, tilePacker(content, compression, tile).packTile);
}

/** Puts rows, of each of which the bands come one after the other, into the bands from a row on. */
function spread(bytes: Uint8Array, bands: readonly Samples[], from: number, width: number): void {
  for (const [number, band] of bands.entries()) {
    const into = new Uint8Array(band.buffer);
    const across = width * band.BYTES_PER_ELEMENT;
    for (let at = number * across, row = from; at < bytes.length; at += across * bands.length, row++)
      into.set(bytes.subarray(at, at + across), row * across);
  }
}

function framed(tiles: readonly Uint8Array[], frame: number): Uint8Array {
  const bytes = new Uint8Array(tiles.reduce((sum, { length }) => sum + length + 2 * frame, 0));
  let at = 0;
  for (const tile of tiles) {
    putTile(tile, bytes, at + frame, frame > 0);
    at += tile.length + 2 * frame;
  }
  return bytes;
}
