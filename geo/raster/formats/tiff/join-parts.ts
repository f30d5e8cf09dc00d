import { isDeepStrictEqual } from 'node:util';
import type { RunContext } from '../../../../core/run/context.ts';
import type { RasterContent } from '../../raster.ts';
import { newSamples } from '../../values/data-types.ts';
import { FRAME, layOutFile } from './file-layout.ts';
import { entriesOfMasks, findMaskKind, joinMasks, packOverviewMasks } from './join-masks.ts';
import { listOverviews, type Overview } from './overviews.ts';
import { packTiles, tilePacker } from './pack-tiles.ts';
import { type PartsFile, unpackEntries, unpackNumbers } from './part-index.ts';
import {
  countBytes,
  type FilePiece,
  framed,
  type JoinedImage,
  type OverviewRows,
  placeOf,
  readOverviewRows,
  type StoredPart,
} from './stored-part.ts';

/** Keeps bytes as an object. @returns its key */
export type Spool = (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<string>;

type TileRow = Pick<OverviewRows, 'row' | 'rows'>;

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
  const masks = findMaskKind(parts);
  const overviews = file.cloudOptimized ? listOverviews(file) : [];
  const frame = file.cloudOptimized ? FRAME : 0;
  const total = overviews.reduce((sum, { height }) => sum + height, 0) * (masks ? 2 : 1);
  let done = 0;
  const join = async (name: string, { height }: Overview, pack: (rows: TileRow) => Promise<Uint8Array[]>) => {
    const lengths: number[] = [];
    const tileRows = async function* (): AsyncGenerator<Uint8Array> {
      for (let row = 0; row < height; row += file.tile) {
        await progress(done, total, 'Assembling the parts');
        const rows = Math.min(file.tile, height - row);
        const tiles = await pack({ row, rows });
        for (const { length } of tiles) lengths.push(length);
        done += rows;
        yield framed(tiles, frame);
      }
    };
    const key = await spool(name, tileRows());
    return { lengths, pieces: [{ key, offset: 0, length: countBytes(lengths, frame) }] };
  };
  const [directory, ...smaller] = file.directories.map(unpackEntries);
  const images: JoinedImage[] = [{ entries: directory ?? [], ...wholeImage(parts, frame) }];
  if (masks) images.push(await joinMasks(parts, file, masks, frame));
  for (const [level, overview] of overviews.entries()) {
    const name = `overview-${overview.factor}`;
    const pixels = await join(name, overview, (rows) =>
      packOverviewRows(parts, file, { overview, level, ...rows }),
    );
    images.push({ entries: smaller[level] ?? [], ...pixels });
    if (!masks) continue;
    const own = await join(`${name}-mask`, overview, (rows) =>
      packOverviewMasks(parts, file, masks, { overview, level, ...rows }),
    );
    images.push({ entries: entriesOfMasks(file, overview, masks, true), ...own });
  }
  const { header, size } = layOutFile(images, file.cloudOptimized);
  return { pieces: [header, ...images.toReversed().flatMap(({ pieces }) => pieces)], size };
}

/** The tiles of all parts as they are. */
const wholeImage = (
  parts: readonly StoredPart[],
  frame: number,
): Pick<JoinedImage, 'lengths' | 'pieces'> => ({
  lengths: parts.flatMap(({ index }) => index.lengths),
  pieces: parts.map(({ key, start, index: { lengths } }) => ({
    key,
    offset: start,
    length: countBytes(lengths, frame),
  })),
});

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

/** The tiles of a row of tiles of an overview. */
async function packOverviewRows(
  parts: readonly StoredPart[],
  { bandCount, dataType, nodata, compression, tile }: PartsFile,
  place: OverviewRows,
): Promise<Uint8Array[]> {
  const {
    overview: { width },
    level,
    rows,
  } = place;
  const bands = Array.from({ length: bandCount }, () => newSamples(dataType, width * rows));
  await readOverviewRows(parts, place, (part) => ({
    offset: placeOf(part, level).offset,
    planes: bands.map((band) => [band]),
  }));
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
