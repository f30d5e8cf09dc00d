import { FormatError } from '../../../../../core/shared/format-error.ts';
import { checkPictureSize, copyPicture, type DecodePicture } from './codec.ts';
import { type Decode, wasmDecoder } from './wasm-decoder.ts';

const decode = wasmDecoder(
  'WebP',
  async (module) => {
    const { default: decodePicture, init } = await import('@jsquash/webp/decode.js');
    await init(module);
    return decodePicture as Decode;
  },
  () => import.meta.resolve('@jsquash/webp/codec/dec/webp_dec.wasm'),
);

/**
 * WebP, lossy or lossless: three colours, and an alpha channel where the image has four bands.
 *
 * @throws FormatError
 */
export const decodeWebp: DecodePicture = async (block) => {
  const { bytes, components } = block;
  if (components !== 3 && components !== 4)
    throw new FormatError(
      `its WebP blocks have ${components} components; those with three or four can be read`,
    );
  checkPictureSize('WebP', readPictureSize(bytes), block);
  const picture = await decode(new Uint8Array(bytes).buffer);
  return copyPicture(picture.data, { ...picture, channels: 4 }, block);
};

/** Columns and rows as the first chunk has them (RFC 9649, 2.5 to 2.7); undefined where there is none. */
function readPictureSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (bytes.length < 30) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (Buffer.from(bytes.subarray(12, 16)).toString('latin1')) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return undefined;
  }
}
