import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { unpackXz } from '../../../../geo/raster/formats/tiff/codecs/xz.ts';
import { fixture, openBytes } from './support.ts';

/** Most bytes of a chunk that is not compressed. */
const CHUNK = 65_536;

/** An XZ stream of one block with bytes as they are: LZMA2 has chunks for what cannot be compressed. */
function xzStream(content: Uint8Array, { distance, check = 0 }: { distance?: number; check?: number } = {}) {
  const filters = [...(distance === undefined ? [] : [3, 1, distance - 1]), 0x21, 1, 0];
  const bytes: number[] = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
  const put = (...values: readonly number[]) => void bytes.push(...values);
  const checked = (values: readonly number[]) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(Uint8Array.from(values)));
    return [...values, ...sum];
  };
  put(...checked([0, check]).values());
  const start = bytes.length;
  const header = [2, distance === undefined ? 0 : 1, ...filters];
  while (header.length < 8) header.push(0);
  put(...checked(header));
  for (let at = 0; at < content.length; at += CHUNK) {
    const chunk = content.subarray(at, at + CHUNK);
    put(at === 0 ? 1 : 2, (chunk.length - 1) >> 8, (chunk.length - 1) & 255);
    for (const byte of chunk) put(byte);
  }
  put(0);
  const unpadded = bytes.length - start;
  while (bytes.length % 4 > 0) put(0);
  const number = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)];
  const index = [0, 1, ...number(unpadded), ...number(content.length)];
  while (index.length % 4 > 0) index.push(0);
  const whole = checked(index);
  put(...whole);
  const footer = [whole.length / 4 - 1, 0, 0, 0, 0, check];
  put(...checked(footer).slice(-4), ...footer, 0x59, 0x5a);
  return Uint8Array.from(bytes);
}

const content = Uint8Array.from({ length: 700 }, (_, index) => (index * 37) % 251);
const differences = (distance: number) =>
  content.map((value, index) => value - (index < distance ? 0 : (content[index - distance] ?? 0)));

describe('a block with the compression LZMA', () => {
  it('is unpacked, and its differences are added up', async () => {
    assert.deepEqual(await unpackXz(xzStream(content), 700), content);
    for (const distance of [1, 2, 4, 256])
      assert.deepEqual(await unpackXz(xzStream(differences(distance), { distance }), 700), content);
  });

  it('is not changed, also where it lies in a Buffer', async () => {
    for (const distance of [1, 2, 4]) {
      const stream = Buffer.from(xzStream(differences(distance), { distance }));
      const before = Buffer.from(stream);
      for (let time = 0; time < 2; time++) assert.deepEqual(await unpackXz(stream, 700), content);
      assert.deepEqual(stream, before);
    }
  });

  it('ends where its block is full', async () => {
    assert.deepEqual(await unpackXz(xzStream(content), 100), content.subarray(0, 100));
    // The decoder, which there is one of, goes on to the next.
    assert.deepEqual(await unpackXz(xzStream(content), 700), content);
  });

  it('is unpacked whole where it is larger than a piece of the decoder, alone and beside others', async () => {
    const sizes = [65_535, 65_536, 65_537, 70_000, 131_072, 262_144];
    const blocks = sizes.map((size) => Uint8Array.from({ length: size }, (_, index) => (index * 37) % 251));
    for (const block of blocks) {
      assert.ok(Buffer.from(block).equals(await unpackXz(xzStream(block), block.length)), `${block.length}`);
      assert.ok(Buffer.from(block).equals(await unpackXz(xzStream(block), block.length + 1)));
    }
    const all = await Promise.all(blocks.map((block) => unpackXz(xzStream(block), block.length - 1)));
    for (const [index, block] of blocks.entries())
      assert.ok(Buffer.from(block.subarray(0, -1)).equals(all[index] ?? new Uint8Array()));
  });

  it('is there where what follows its last pixel is damaged', async () => {
    const block = Uint8Array.from({ length: 140_000 }, (_, index) => (index * 37) % 251);
    const cut = xzStream(block).slice(0, 100_000);
    assert.ok(Buffer.from(block.subarray(0, 65_536)).equals(await unpackXz(cut, 65_536)));
    await assert.rejects(unpackXz(cut, 140_000), /LZMA-compressed block is damaged/);
  });

  it('is refused where it is damaged, cut, or has what the decoder does not know', async () => {
    const whole = xzStream(content, { distance: 1 });
    for (const length of [0, 5, 14, 30, 400, whole.length - 1])
      await assert.rejects(
        unpackXz(whole.slice(0, length), 701),
        /LZMA-compressed block is damaged/,
        String(length),
      );
    await assert.rejects(
      unpackXz(
        whole.map((byte, index) => (index === 24 ? 9 : byte)),
        700,
      ),
      /damaged/,
    );
    await assert.rejects(
      unpackXz(xzStream(content, { distance: 1, check: 1 }), 700),
      /delta filter and a checksum/,
    );
    assert.deepEqual(
      await unpackXz(whole, 700),
      content.map((_, at) => content.slice(0, at + 1).reduce((sum, value) => (sum + value) & 255, 0)),
    );
  });

  it('is a part of rasters as libtiff writes them', async () => {
    const raster = await openBytes(fixture('files/sound/lzma.tif'));
    const same = await openBytes(fixture('files/sound/deflate.tif'));
    assert.deepEqual(await raster.read(1), await same.read(1));
    const buffered = await openBytes(Buffer.from(fixture('files/sound/lzma.tif')));
    assert.deepEqual(await buffered.read(1), await same.read(1));
  });
});
