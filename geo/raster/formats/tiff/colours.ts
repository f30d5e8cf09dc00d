import { type TiffImage, TiffTag } from '@cogeotiff/core';
import type { ColorInterpretation } from '../../color-interpretation-names.ts';
import type { Colour, DataType, RasterContent } from '../../raster.ts';
import { readTagNumber, readTagNumbers } from './tags.ts';

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
export async function readColorInterpretations(
  image: TiffImage,
  bandCount: number,
): Promise<ColorInterpretation[]> {
  const photometric = await readTagNumber(image, TiffTag.Photometric, Photometric.blackIsZero);
  const extra = await readTagNumbers(image, TiffTag.ExtraSamples);
  const colours = ofPhotometric[photometric] ?? [];
  const base = bandCount - extra.length;
  return Array.from({ length: bandCount }, (_, index) => {
    const kind = index >= base ? extra[index - base] : undefined;
    if (kind === ASSOCIATED_ALPHA || kind === UNASSOCIATED_ALPHA) return 'alpha';
    return colours[index] ?? 'undefined';
  });
}

export interface WrittenColours {
  readonly photometric: number;
  readonly extraSamples: readonly number[];
  /** What these say that the bands show. */
  readonly implied: readonly ColorInterpretation[];
  /** Values of the tag ColorMap: all reds, all greens, all blues. */
  readonly colorMap?: Uint16Array;
}

/** How many colours a table has for the samples of a type; 0 where it cannot have one. */
const colorTableSize = (dataType: DataType): number =>
  dataType === 'uint8' ? 256 : dataType === 'uint16' ? 65_536 : 0;

function buildColorMap(table: readonly Colour[], size: number): Uint16Array {
  const values = new Uint16Array(3 * size);
  for (const [index, colour] of table.slice(0, size).entries())
    for (const [part, value] of colour.entries()) values[part * size + index] = value;
  return values;
}

/**
 * Photometric interpretation and extra samples of a raster that is written. Where nothing is said about them, three bands of
 * bytes are taken as an image in colours, as GDAL does.
 */
export function choosePhotometric({ bands, dataType, meanings, colorTable }: RasterContent): WrittenColours {
  const roles = bands.map((_, index) => meanings?.[index]?.colorInterpretation);
  const isUnknown = roles.every((role) => role === undefined);
  const isRgb = ['red', 'green', 'blue'].every((colour, index) => roles[index] === colour);
  const isColour = isRgb || (isUnknown && bands.length === 3 && dataType === 'uint8');
  const isPalette = roles[0] === 'palette' && colorTable !== undefined && colorTableSize(dataType) > 0;
  const base = isColour ? 3 : 1;
  const photometric = isColour ? Photometric.rgb : isPalette ? Photometric.palette : Photometric.blackIsZero;
  const extra = roles.slice(base).map((role) => (role === 'alpha' ? UNASSOCIATED_ALPHA : 0));
  const implied = [
    ...(ofPhotometric[photometric] ?? []),
    ...extra.map((kind): ColorInterpretation => (kind === 0 ? 'undefined' : 'alpha')),
  ];
  return {
    photometric,
    extraSamples: extra,
    implied,
    ...(isPalette && { colorMap: buildColorMap(colorTable, colorTableSize(dataType)) }),
  };
}
