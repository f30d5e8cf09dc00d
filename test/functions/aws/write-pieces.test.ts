import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ObjectPiece } from '../../../core/ports.ts';
import { LEAST_BYTES, type PartedUpload, writePieces } from '../../../functions/aws/write-pieces.ts';

const MEGABYTE = 1024 * 1024;

/** S3, of which only the sizes matter: pieces are told by where they come from. */
class Upload implements PartedUpload {
  readonly parts = new Map<number, { readonly from: string; readonly length: number }>();
  atOnce = 0;
  most = 0;
  passed = 0;

  async upload(number: number, bytes: Uint8Array): Promise<void> {
    this.passed += bytes.length;
    await this.#take(number, { from: Buffer.from(bytes).toString('latin1'), length: bytes.length });
  }

  async copy(number: number, key: string, offset: number, length: number): Promise<void> {
    await this.#take(number, { from: `${key}@${offset}`, length });
  }

  async read(_: string, __: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(length);
  }

  async #take(number: number, part: { readonly from: string; readonly length: number }): Promise<void> {
    this.most = Math.max(this.most, ++this.atOnce);
    await new Promise(setImmediate);
    this.atOnce--;
    assert.ok(!this.parts.has(number));
    this.parts.set(number, part);
  }

  get sizes(): number[] {
    return [...this.parts].sort(([one], [other]) => one - other).map(([, { length }]) => length);
  }
}

const sizeOf = (piece: ObjectPiece): number => piece.length;
const range = (length: number, key = 'part') => ({ key, offset: 7, length });

describe('an object that is written from pieces', () => {
  it('has parts that S3 takes, in order, and all bytes', async () => {
    const piece = fc.oneof(
      fc.integer({ min: 0, max: 3 * MEGABYTE }).map((length): ObjectPiece => new Uint8Array(length)),
      fc.integer({ min: 1, max: 30 * MEGABYTE }).map((length): ObjectPiece => range(length)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const upload = new Upload();
        await writePieces(pieces, upload);
        const { sizes } = upload;
        assert.deepEqual(
          [...upload.parts.keys()].sort((one, other) => one - other),
          sizes.map((_, index) => index + 1),
        );
        for (const size of sizes.slice(0, -1)) assert.ok(size >= LEAST_BYTES, String(size));
        assert.equal(
          sizes.reduce((sum, size) => sum + size, 0),
          pieces.reduce((sum, one) => sum + sizeOf(one), 0),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('copies what is large without reading it, but for what fills up the bytes before it', async () => {
    const upload = new Upload();
    const large = [range(100 * MEGABYTE, 'a'), range(2000 * MEGABYTE, 'b'), range(6 * MEGABYTE, 'c')];
    await writePieces([new Uint8Array(1000), ...large], upload);
    assert.equal(upload.passed, LEAST_BYTES);
    assert.deepEqual(upload.sizes.slice(0, 2), [LEAST_BYTES, 100 * MEGABYTE - LEAST_BYTES + 1000]);
    assert.equal(upload.parts.get(3)?.from, 'b@7');
    assert.equal(upload.parts.get(4)?.from, `b@${7 + 512 * MEGABYTE}`);
    assert.ok(upload.most > 1 && upload.most <= 8);
  });

  it('may be empty', async () => {
    const upload = new Upload();
    await writePieces([], upload);
    assert.deepEqual(upload.sizes, [0]);
  });

  it('fails with what one of its requests fails with, once none is under way', async () => {
    const upload = new Upload();
    const copy = upload.copy.bind(upload);
    upload.copy = (number, ...rest) =>
      number === 2 ? Promise.reject(new Error('Slow Down')) : copy(number, ...rest);
    const pieces = Array.from({ length: 40 }, () => range(10 * MEGABYTE));
    await assert.rejects(writePieces(pieces, upload), /Slow Down/);
    assert.equal(upload.atOnce, 0);
    assert.ok(upload.parts.size < 20);
  });
});
