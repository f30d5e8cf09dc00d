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

/** The levels are those of GDAL. */
export const methods: Readonly<Record<Compression, Method>> = {
  deflate: { code: 8, pack: (bytes) => deflated(bytes, { level: 6 }) },
  lzw: { code: 5, pack: packLzw },
  zstd: {
    code: 50_000,
    pack: (bytes) => zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 9 } }),
  },
  none: { code: 1, pack: (bytes) => bytes },
};
