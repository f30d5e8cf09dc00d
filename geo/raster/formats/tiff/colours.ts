import { type TiffImage, TiffTag } from '@cogeotiff/core';
import type { ColorInterpretation, RasterContent } from '../../raster.ts';
import { numberOf, numbersOf } from './tags.ts';

/** Values of the tag PhotometricInterpretation. */
export const Photometric = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  separated: 5,
  yCbCr: 6,
} as const;

/** Bits of the tag NewSubfileType. */
export const REDUCED = 1;
export const MASK = 4;

const ASSOCIATED_ALPHA = 1;
const UNASSOCIATED_ALPHA = 2;

const ofPhotometric: Readonly<Record<number, readonly ColorInterpretation[]>> = {
  [Photometric.whiteIsZero]: ['gray'],
  [Photometric.blackIsZero]: ['gray'],
  [Photometric.rgb]: ['red', 'green', 'blue'],
  [Photometric.palette]: ['palette'],
  [Photometric.separated]: ['cyan', 'magenta', 'yellow', 'black'],
  [Photometric.yCbCr]: ['red', 'green', 'blue'],
};

/** What each band of an image shows, as GDAL takes it from the photometric interpretation and the extra samples. */
export async function colorInterpretationsOf(
  image: TiffImage,
  bandCount: number,
): Promise<ColorInterpretation[]> {
  const photometric = await numberOf(image, TiffTag.Photometric, Photometric.blackIsZero);
  const extra = await numbersOf(image, TiffTag.ExtraSamples);
  const colours = ofPhotometric[photometric] ?? [];
  const base = bandCount - extra.length;
  return Array.from({ length: bandCount }, (_, index) => {
    const kind = index >= base ? extra[index - base] : undefined;
    if (kind === ASSOCIATED_ALPHA || kind === UNASSOCIATED_ALPHA) return 'alpha';
    return colours[index] ?? 'undefined';
  });
}

/**
 * Photometric interpretation and extra samples of a raster that is written. Where nothing is said about them, three bands of
 * bytes are taken as an image in colours, as GDAL does.
 */
export function coloursOf({ bands, dataType, meanings }: RasterContent): {
  readonly photometric: number;
  readonly extraSamples: readonly number[];
} {
  const roles = bands.map((_, index) => meanings?.[index]?.colorInterpretation);
  const isUnknown = roles.every((role) => role === undefined);
  const isRgb = ['red', 'green', 'blue'].every((colour, index) => roles[index] === colour);
  const isColour = isRgb || (isUnknown && bands.length === 3 && dataType === 'uint8');
  const photometric = isColour ? Photometric.rgb : Photometric.blackIsZero;
  const extra = roles.slice(isColour ? 3 : 1);
  return { photometric, extraSamples: extra.map((role) => (role === 'alpha' ? UNASSOCIATED_ALPHA : 0)) };
}
