import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RowRange } from '../../core/run/context.ts';
import { PART_ROWS } from '../../core/run/row-parts.ts';
import { joinParts } from '../../geo/raster/formats/tiff/join-parts.ts';
import { readPartIndex } from '../../geo/raster/formats/tiff/part-index.ts';
import type { FilePiece, StoredPart } from '../../geo/raster/formats/tiff/stored-part.ts';

/** Objects in memory, and the parts of a raster among them. */
export class Objects {
  readonly bytes = new Map<string, Uint8Array>();

  range = (key: string, offset: number, length: number): Uint8Array =>
    (this.bytes.get(key) ?? new Uint8Array()).slice(offset, offset + length);

  async part(key: string): Promise<StoredPart> {
    const read = async (offset: number, length: number) => this.range(key, offset, length);
    return { key, ...(await readPartIndex(read)), read };
  }

  /** The file that pieces make. */
  compose(pieces: readonly FilePiece[]): Uint8Array {
    return Buffer.concat(
      pieces.map((piece) =>
        piece instanceof Uint8Array ? piece : this.range(piece.key, piece.offset, piece.length),
      ),
    );
  }

  /** The file of parts that are put together. */
  async join(keys: readonly string[]): Promise<Uint8Array> {
    const parts = await Promise.all(keys.map((key) => this.part(key)));
    const spool = async (name: string, tiles: AsyncIterable<Uint8Array>) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of tiles) chunks.push(chunk);
      this.bytes.set(name, Buffer.concat(chunks));
      return name;
    };
    const { pieces, size } = await joinParts(parts, spool, async () => undefined);
    const file = this.compose(pieces);
    assert.equal(file.length, size);
    return file;
  }
}

/** Writes each part of a raster and puts them together. */
export async function inParts(
  ranges: readonly RowRange[],
  makePart: (rows: RowRange) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const objects = new Objects();
  for (const [part, rows] of ranges.entries()) objects.bytes.set(`part-${part}`, await makePart(rows));
  return objects.join(ranges.map((_, part) => `part-${part}`));
}

/** Cuts rows into parts of random sizes, each of whole rows of tiles. */
export const cuts = (height: number, halo: number): fc.Arbitrary<RowRange[]> =>
  fc
    .subarray(Array.from({ length: Math.ceil(height / PART_ROWS) - 1 }, (_, tile) => (tile + 1) * PART_ROWS))
    .map((starts) => [0, ...starts].map((first, part) => ({ first, end: starts[part] ?? height, halo })));

/** Numbers from 0 to 1, the same for the same seed. */
export const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
