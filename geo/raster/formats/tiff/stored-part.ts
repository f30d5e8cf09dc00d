import type { Samples } from '../../raster.ts';
import { putTile } from './build-file.ts';
import type { ImageLayout } from './file-layout.ts';
import type { Overview } from './overviews.ts';
import type { PartIndex } from './part-index.ts';

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

/** An image of a file: what its directory says, and where its tiles are. */
export interface JoinedImage extends ImageLayout {
  readonly pieces: readonly FilePiece[];
}

/** Rows of an overview: those of a row of tiles. */
export interface OverviewRows {
  readonly overview: Overview;
  readonly level: number;
  /** The first row, and how many. */
  readonly row: number;
  readonly rows: number;
}

/** Where a part has the rows of an overview. @throws Error */
export function placeOf({ index }: StoredPart, level: number): PartIndex['overviews'][number] {
  const place = index.overviews[level];
  if (!place) throw new Error('A part lacks an overview');
  return place;
}

/** Where a part has rows of an overview: where they begin, and the arrays that each of its planes goes into. */
export interface StoredRows {
  readonly offset: number;
  readonly planes: readonly (readonly Samples[])[];
}

/** Reads the rows of an overview from the parts that have them. */
export async function readOverviewRows(
  parts: readonly StoredPart[],
  { overview: { width }, level, row, rows }: OverviewRows,
  find: (part: StoredPart) => StoredRows | undefined,
): Promise<void> {
  for (const part of parts) {
    const place = placeOf(part, level);
    const first = Math.max(row, place.first);
    const end = Math.min(row + rows, place.first + place.rows);
    const stored = first < end ? find(part) : undefined;
    if (!stored) continue;
    const { planes, offset } = stored;
    const rowBytes = planes.reduce((sum, [plane]) => sum + width * (plane?.BYTES_PER_ELEMENT ?? 0), 0);
    const length = (end - first) * rowBytes;
    const bytes = await part.read(part.start + offset + (first - place.first) * rowBytes, length);
    if (bytes.length !== length) throw new Error('A part ends in the middle of an overview');
    spread(bytes, planes, first - row, width);
  }
}

/** Puts rows, of each of which the planes come one after the other, into the arrays of these from a row on. */
function spread(bytes: Uint8Array, planes: StoredRows['planes'], from: number, width: number): void {
  for (const [number, arrays] of planes.entries())
    for (const { buffer, BYTES_PER_ELEMENT } of arrays) {
      const into = new Uint8Array(buffer);
      const across = width * BYTES_PER_ELEMENT;
      for (let at = number * across, row = from; at < bytes.length; at += across * planes.length, row++)
        into.set(bytes.subarray(at, at + across), row * across);
    }
}

/** Bytes of tiles with what is around them. */
export const countBytes = (lengths: readonly number[], frame: number): number =>
  lengths.reduce((sum, bytes) => sum + bytes + 2 * frame, 0);

/** Tiles one after the other, each with what is around it. */
export function framed(tiles: readonly Uint8Array[], frame: number): Uint8Array {
  const lengths = tiles.map(({ length }) => length);
  const bytes = new Uint8Array(countBytes(lengths, frame));
  let at = 0;
  for (const tile of tiles) {
    putTile(tile, bytes, at + frame, frame > 0);
    at += tile.length + 2 * frame;
  }
  return bytes;
}
