import { FormatError } from '../../../../../core/shared/format-error.ts';
import type { Samples } from '../../../raster.ts';

/** A block that holds a picture of its own. */
export interface PictureBlock {
  readonly bytes: Uint8Array;
  /** Columns and rows of its pixels. */
  readonly width: number;
  readonly height: number;
  /** Samples of each pixel. */
  readonly components: number;
  /** Colours are kept as luma and chroma. */
  readonly yCbCr: boolean;
  /** Tables that the pictures of a file share (tag JPEGTables). */
  readonly tables: Uint8Array | undefined;
  /** How a picture is packed once more (second value of the tag LercParameters): 0 not at all, 1 deflate, 2 ZSTD. */
  readonly packing: number;
  /** An array for samples of the type of the image. */
  readonly samples: (length: number) => Samples;
}

/**
 * Decodes a picture into samples, those of a pixel side by side.
 *
 * @throws FormatError when it is damaged, or no picture of this kind
 */
export type DecodePicture = (block: PictureBlock) => Promise<Samples>;

/**
 * Refuses a picture that says it is larger than its block, before anything of it is decoded: a few bytes say any size.
 *
 * @throws FormatError
 */
export function checkPictureSize(
  title: string,
  size: { readonly width: number; readonly height: number } | undefined,
  { width, height }: PictureBlock,
): void {
  if (!size) throw new FormatError(`a block of ${title} data is damaged`);
  if (size.width <= width && size.height <= height) return;
  throw new FormatError(
    `a block of ${width} x ${height} pixels contains a ${title} image of ${size.width} x ${size.height}`,
  );
}

/** Copies what a picture and a block have in common; what the picture does not reach stays 0. */
export function copyPicture(
  from: ArrayLike<number>,
  picture: { readonly width: number; readonly height: number; readonly channels: number },
  { width, height, components, samples }: PictureBlock,
): Samples {
  const to = samples(width * height * components);
  const across = Math.min(width, picture.width);
  for (let row = 0; row < Math.min(height, picture.height); row++)
    for (let column = 0; column < across; column++)
      for (let part = 0; part < components; part++)
        to[(row * width + column) * components + part] =
          from[(row * picture.width + column) * picture.channels + part] ?? Number.NaN;
  return to;
}
