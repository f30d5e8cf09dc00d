import { decompress } from 'fzstd';
import { addDecoder, BaseDecoder } from 'geotiff';

/** The number of Zstandard among the compressions of TIFF. */
const ZSTANDARD = 50_000;

/**
 * Blocks in Zstandard, which the service's own rasters have. The decoder of `geotiff` is WebAssembly that it fetches from a
 * `data:` address, which the policy of the pages forbids.
 */
class ZstandardDecoder extends BaseDecoder {
  override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
    const bytes = decompress(new Uint8Array(buffer));
    return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
  }
}

export const useZstandard = (): void => addDecoder(ZSTANDARD, () => Promise.resolve(ZstandardDecoder));
