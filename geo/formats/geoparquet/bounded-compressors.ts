import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;

/**
 * The compressions of Parquet. Those of which a kilobyte unfolds to gigabytes end where the page should: in native code, as
 * those of the library write on until the input ends.
 */
export const boundedCompressors: Compressors = {
  ...compressors,
  GZIP: bounded(gunzipSync),
  BROTLI: bounded(brotliDecompressSync),
  ZSTD: bounded(zstdDecompressSync),
};

function bounded(unpack: Unpack): (bytes: Uint8Array, length: number) => Uint8Array {
  return (bytes, length) => unpack(bytes, { maxOutputLength: Math.max(1, length) });
}
