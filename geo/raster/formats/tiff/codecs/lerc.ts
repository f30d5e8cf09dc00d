import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inflate, zstdDecompress } from 'node:zlib';
import { parsing, parsingAsync } from '../../../../../core/shared/format-error.ts';
import { isFloatingSamples } from '../../../values/data-types.ts';
import { checkPictureSize, type DecodePicture, type PictureBlock } from './codec.ts';

const inflated = promisify<Uint8Array, object, Buffer>(inflate);
const unzstd = promisify<Uint8Array, object, Buffer>(zstdDecompress);

let loading: Promise<typeof import('lerc')> | undefined;

/** LERC, by itself or packed once more. What it leaves out of floating point is NaN, as GDAL has it. */
export const decodeLerc: DecodePicture = async (block) => {
  loading ??= loadDecoder();
  const lerc = await loading;
  const bytes = await unpacked(block);
  checkPictureSize(
    'LERC',
    parsing(() => lerc.getBlobInfo(bytes)),
    block,
  );
  const picture = parsing(() => lerc.decode(bytes, { returnInterleaved: true }));
  const { width, height, components, samples } = block;
  const to = samples(width * height * components);
  const floating = isFloatingSamples(to);
  const { depthCount, pixels, mask, bandMasks } = picture;
  for (let row = 0; row < Math.min(height, picture.height); row++) {
    for (let column = 0; column < Math.min(width, picture.width); column++) {
      const from = row * picture.width + column;
      for (let part = 0; part < components; part++) {
        // The samples of a pixel are its depth, or bands that follow each other.
        const band = depthCount > 1 ? 0 : part;
        const isThere = ((bandMasks?.[band] ?? mask)?.[from] ?? 1) !== 0;
        const value = pixels[band]?.[depthCount > 1 ? from * depthCount + part : from] ?? 0;
        to[(row * width + column) * components + part] = isThere || !floating ? value : Number.NaN;
      }
    }
  }
  return to;
};

function unpacked({ bytes, packing, width, height, components }: PictureBlock): Promise<Uint8Array> {
  // A picture is hardly larger than its pixels in double precision.
  const maxOutputLength = width * height * components * 8 + 65_536;
  if (packing === 1) return parsingAsync(() => inflated(bytes, { maxOutputLength }));
  if (packing === 2) return parsingAsync(() => unzstd(bytes, { maxOutputLength }));
  return Promise.resolve(bytes);
}

async function loadDecoder(): Promise<typeof import('lerc')> {
  const lerc = await import('lerc');
  await lerc.load({ locateFile: () => fileURLToPath(import.meta.resolve('lerc/lerc-wasm.wasm')) });
  return lerc;
}
