import { ReadableStream } from 'node:stream/web';
import { crc32 } from 'node:zlib';
import * as library from 'xz-decompress';
import { FormatError } from '../../../../../core/shared/format-error.ts';

/*
 * Blocks of TIFF with the compression LZMA are streams of the format XZ (https://tukaani.org/xz/xz-file-format.txt), which libtiff
 * writes with one block, a delta filter before LZMA2 and no checksum. The decoder knows no delta filter: it is taken out of the
 * header, and undone here.
 */

/** The package is CommonJS, and its types are not. */
const { XzReadableStream } = (library as unknown as { readonly default: typeof library }).default;

const STREAM_HEADER = 12;
const CHECK_AT = 7;
const DELTA = 3;
const CRC_BYTES = 4;

/**
 * The block before, done or failed. The library takes one stream after the other too, but loses count of them where one is left
 * before its end.
 */
let before: Promise<void> = Promise.resolve();
const nothing = (): void => {};

/** Unpacks a block of up to so many bytes; whatever follows them is left. @throws FormatError */
export async function unpackXz(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const { stream, distance } = withoutDelta(bytes);
  const reading = before.then(() => readAll(stream, most));
  // What it gave is not kept.
  before = reading.then(nothing, nothing);
  const unpacked = await reading;
  for (let index = distance; distance > 0 && index < unpacked.length; index++)
    unpacked[index] = (unpacked[index] ?? 0) + (unpacked[index - distance] ?? 0);
  return unpacked;
}

async function readAll(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const unpacked = new Uint8Array(most);
  let length = 0;
  const reader = new XzReadableStream(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(bytes);
        controller.close();
      },
    }) as ConstructorParameters<typeof library.XzReadableStream>[0],
  ).getReader();
  for (;;) {
    const { done, value } = await nextOf(reader);
    if (done) return unpacked.subarray(0, length);
    unpacked.set(value.subarray(0, most - length), length);
    length = Math.min(most, length + value.length);
    if (length < most || value.length === 0) continue;
    await leave(reader);
    return unpacked;
  }
}

/**
 * Frees the memory of a stream. The decoder works a piece ahead: where that was the end, or damaged, it has freed its memory
 * already, and fails when it is told to.
 */
const leave = (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> =>
  reader.cancel().catch(nothing);

async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (cause) {
    throw new FormatError('an LZMA-compressed block is damaged', { cause });
  }
}

/** The stream without the delta filter of its block, and the bytes over which the filter goes; 0 where it has none. */
function withoutDelta(bytes: Uint8Array): { readonly stream: Uint8Array; readonly distance: number } {
  const size = ((bytes[STREAM_HEADER] ?? 0) + 1) * 4;
  const header = bytes.subarray(STREAM_HEADER, STREAM_HEADER + size);
  const flags = header[1] ?? 0;
  let at = 2;
  // The sizes of the block, where they are given, are numbers of seven bits a byte.
  for (const given of [flags & 0x40, flags & 0x80]) if (given) while ((header[at++] ?? 0) & 0x80);
  const hasDelta = (flags & 3) > 0 && header[at] === DELTA && header[at + 1] === 1;
  if (!hasDelta) return { stream: bytes, distance: 0 };
  if (((bytes[CHECK_AT] ?? 0) & 15) !== 0)
    throw new FormatError(
      'its LZMA-compressed blocks have both a delta filter and a checksum, which cannot be read',
    );
  // A copy, which slice() of a Buffer is not.
  const stream = new Uint8Array(bytes);
  const changed = stream.subarray(STREAM_HEADER, STREAM_HEADER + size);
  changed[1] = flags - 1;
  changed.set(header.subarray(at + 3, size - CRC_BYTES), at);
  changed.fill(0, size - CRC_BYTES - 3, size - CRC_BYTES);
  const view = new DataView(stream.buffer, stream.byteOffset + STREAM_HEADER + size - CRC_BYTES);
  view.setUint32(0, crc32(changed.subarray(0, size - CRC_BYTES)), true);
  return { stream, distance: (header[at + 2] ?? 0) + 1 };
}
