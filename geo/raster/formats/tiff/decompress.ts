import { promisify } from 'node:util';
import { inflate, zstdDecompress } from 'node:zlib';
import { FormatError, parsingAsync } from '../../../../core/shared/format-error.ts';
import type { DecodePicture } from './codecs/codec.ts';
import { unpackLzw } from './lzw-decode.ts';

const inflated = promisify<Uint8Array, object, Buffer>(inflate);
const unzstd = promisify<Uint8Array, object, Buffer>(zstdDecompress);

type Decompress = (bytes: Uint8Array, most: number) => Uint8Array | Promise<Uint8Array>;

interface Method {
  readonly name: string;
  readonly unpack: Decompress;
}

interface Codec {
  readonly name: string;
  /** Loaded when a file needs it. */
  readonly load: () => Promise<DecodePicture>;
}

/** Compressions whose blocks are pictures, by the value of the tag Compression. */
const codecs: Readonly<Record<number, Codec>> = {
  7: { name: 'jpeg', load: async () => (await import('./codecs/jpeg.ts')).decodeJpeg },
  34887: { name: 'lerc', load: async () => (await import('./codecs/lerc.ts')).decodeLerc },
  50001: { name: 'webp', load: async () => (await import('./codecs/webp.ts')).decodeWebp },
};

/** What decodes the blocks of a compression whose blocks are pictures; undefined for others. */
export const pictureDecoder = (code: number): Promise<DecodePicture> | undefined => codecs[code]?.load();

/**
 * Whether the blocks of a compression are pictures (JPEG, LERC, WebP) and not packed bytes; `code` is the tag
 * Compression.
 */
export const holdsPictures = (code: number): boolean => codecs[code] !== undefined;

/** By the value of the tag Compression. */
const methods: Readonly<Record<number, Method>> = {
  1: { name: 'none', unpack: (bytes) => bytes },
  5: { name: 'lzw', unpack: unpackLzw },
  8: { name: 'deflate', unpack: unpackDeflate },
  32773: { name: 'packbits', unpack: unpackBits },
  32946: { name: 'deflate', unpack: unpackDeflate },
  34925: {
    name: 'lzma',
    unpack: async (bytes, most) => (await import('./codecs/xz.ts')).unpackXz(bytes, most),
  },
  50000: {
    name: 'zstd',
    unpack: (bytes, most) => parsingAsync(() => unzstd(bytes, { maxOutputLength: most })),
  },
};

/** Bytes of the pieces that blocks are unpacked in; those of 512 x 512 pixels of four bytes are one piece. */
const PIECE = 1024 * 1024;

/** In few pieces: otherwise zlib goes back and forth between threads for every 16 KiB. */
function unpackDeflate(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  // A byte more, or a full piece would be followed by an empty one.
  const chunkSize = Math.max(64, Math.min(most, PIECE) + 1);
  return parsingAsync(() => inflated(bytes, { maxOutputLength: most, chunkSize }));
}

/** Name of a compression by the value of the tag Compression. @throws FormatError where it is not known */
export function compressionName(code: number): string {
  const found = methods[code] ?? codecs[code];
  if (!found) throw new FormatError(`its compression code ${code} is not known`);
  return found.name;
}

/** Whether a value of the tag Compression can be read. */
export const isCompression = (code: number): boolean => (methods[code] ?? codecs[code]) !== undefined;

/**
 * Unpacks a block.
 *
 * @param least, most bytes that the block must and may have
 * @throws Error when the block is damaged
 */
export async function decompress(
  bytes: Uint8Array,
  compression: number,
  least: number,
  most: number,
): Promise<Uint8Array> {
  const method = methods[compression];
  if (!method) throw new FormatError(`its compression code ${compression} is not supported`);
  const unpacked = await method.unpack(bytes, most);
  if (unpacked.length < least)
    throw new FormatError(`a block has ${unpacked.length} bytes instead of ${least} when decompressed`);
  return unpacked;
}

/** PackBits: runs of equal bytes and of different ones (TIFF 6.0, section 9). */
function unpackBits(bytes: Uint8Array, most: number): Uint8Array {
  const output = new Uint8Array(most);
  let written = 0;
  let at = 0;
  while (at < bytes.length && written < most) {
    const head = ((bytes[at++] ?? 0) << 24) >> 24;
    if (head === -128) continue;
    if (head >= 0) {
      const run = bytes.subarray(at, at + Math.min(head + 1, most - written));
      output.set(run, written);
      written += run.length;
      at += head + 1;
    } else {
      output.fill(bytes[at++] ?? 0, written, written + 1 - head);
      written = Math.min(most, written + 1 - head);
    }
  }
  return output.subarray(0, written);
}
