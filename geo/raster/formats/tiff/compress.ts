import { promisify } from 'node:util';
import { constants, deflate, zstdCompress } from 'node:zlib';
import { packLzw } from './lzw-encode.ts';

const deflated = promisify<Uint8Array, object, Buffer>(deflate);
const zstd = promisify<Uint8Array, object, Buffer>(zstdCompress);

export const compressions = ['deflate', 'lzw', 'zstd', 'none'] as const;
export type Compression = (typeof compressions)[number];

interface Method {
  /** Value of the tag Compression. */
  readonly code: number;
  readonly pack: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/**
 * Level of deflate. With a predictor, which GDAL does not choose by itself, elevation and other surfaces become smaller than
 * with GDAL's level 6 and no predictor, and level 6 takes twice the time or more to save another 2 % (of classes a fifth).
 */
const LEVEL = 4;
/** Memory of deflate, the most there is: its blocks are longer. */
const MEMORY = 9;

/** In one piece: otherwise zlib goes back and forth between threads for every 16 KiB. */
async function packDeflate(bytes: Uint8Array): Promise<Uint8Array> {
  const chunkSize = bytes.length + 1024;
  // A copy, so that the rest of the piece is free.
  return new Uint8Array(await deflated(bytes, { level: LEVEL, memLevel: MEMORY, chunkSize }));
}

/** The level of ZSTD is that of GDAL. */
export const methods: Readonly<Record<Compression, Method>> = {
  deflate: { code: 8, pack: packDeflate },
  lzw: { code: 5, pack: packLzw },
  zstd: {
    code: 50_000,
    pack: (bytes) => zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 9 } }),
  },
  none: { code: 1, pack: (bytes) => bytes },
};
