import { FormatError } from '../../../../../core/shared/format-error.ts';
import { checkPictureSize, copyPicture, type DecodePicture } from './codec.ts';
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

/**
 * JPEG with the tables that the blocks of a file share (TIFF technical note 2): grey, or three colours.
 *
 * @throws FormatError
 */
export const decodeJpeg: DecodePicture = async (block) => {
  const { bytes, tables, components, yCbCr } = block;
  if (components !== 1 && components !== 3)
    throw new FormatError(
      `its JPEG blocks have ${components} components; those with one or three can be read`,
    );
  if (bytes[0] !== START[0] || bytes[1] !== START[1]) throw new FormatError('a block is not a JPEG image');
  checkPictureSize('JPEG', readFrameSize(bytes), block);
  const shared = tables && tables.length >= 4 ? tables.subarray(2, -2) : new Uint8Array();
  const marker = components === 1 ? new Uint8Array() : adobeMarker(yCbCr);
  const whole = Buffer.concat([START, marker, shared, bytes.subarray(2)]);
  const picture = await decode(new Uint8Array(whole).buffer);
  return copyPicture(picture.data, { ...picture, channels: 4 }, block);
};

/** Columns and rows as the header of the frame has them (ITU-T T.81, B.2.2); undefined where there is none. */
function readFrameSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = START.length;
  while (at + 9 <= view.byteLength) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return undefined;
    // Of all start-of-frame markers, C4, C8 and CC are something else.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Says whether colours are luma and chroma; TIFF says it in a tag, and the picture itself does not. */
function adobeMarker(yCbCr: boolean): Uint8Array {
  const [version, flags] = [
    [0, 100],
    [0, 0, 0, 0],
  ];
  const content = [...Buffer.from('Adobe', 'latin1'), ...version, ...flags, yCbCr ? 1 : 0];
  return Uint8Array.from([0xff, 0xee, 0, content.length + 2, ...content]);
}
