import { FormatError } from '../../../../../core/shared/format-error.ts';
import { copyPicture, type DecodePicture } from './codec.ts';
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

/** WebP, lossy or lossless: three colours, and an alpha channel where the image has four bands. */
export const decodeWebp: DecodePicture = async (block) => {
  const { bytes, components } = block;
  if (components !== 3 && components !== 4)
    throw new FormatError(
      `its WebP blocks have ${components} components; those with three or four can be read`,
    );
  const picture = await decode(new Uint8Array(bytes).buffer);
  return copyPicture(picture.data, { ...picture, channels: 4 }, block);
};
