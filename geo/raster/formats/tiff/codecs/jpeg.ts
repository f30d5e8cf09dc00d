import { FormatError } from '../../../../../core/shared/format-error.ts';
import { copyPicture, type DecodePicture } from './codec.ts';
import { type Decode, wasmDecoder } from './wasm-decoder.ts';

const decode = wasmDecoder(
  'JPEG',
  async (module) => {
    const { default: decodePicture, init } = await import('@jsquash/jpeg/decode.js');
    await init(module);
    return decodePicture as Decode;
  },
  () => import.meta.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
);

const START = Uint8Array.of(0xff, 0xd8);

/** JPEG with the tables that the blocks of a file share (TIFF technical note 2): grey, or three colours. */
export const decodeJpeg: DecodePicture = async (block) => {
  const { bytes, tables, components, yCbCr } = block;
  if (components !== 1 && components !== 3)
    throw new FormatError(
      `its JPEG blocks have ${components} components; those with one or three can be read`,
    );
  if (bytes[0] !== START[0] || bytes[1] !== START[1])
    throw new FormatError('a block does not begin as JPEG pictures do');
  const shared = tables && tables.length >= 4 ? tables.subarray(2, -2) : new Uint8Array();
  const marker = components === 1 ? new Uint8Array() : adobeMarker(yCbCr);
  const whole = Buffer.concat([START, marker, shared, bytes.subarray(2)]);
  const picture = await decode(new Uint8Array(whole).buffer);
  return copyPicture(picture.data, { ...picture, channels: 4 }, block);
};

/** Says whether colours are luma and chroma; TIFF says it in a tag, and the picture itself does not. */
function adobeMarker(yCbCr: boolean): Uint8Array {
  const [version, flags] = [
    [0, 100],
    [0, 0, 0, 0],
  ];
  const content = [...Buffer.from('Adobe', 'latin1'), ...version, ...flags, yCbCr ? 1 : 0];
  return Uint8Array.from([0xff, 0xee, 0, content.length + 2, ...content]);
}
