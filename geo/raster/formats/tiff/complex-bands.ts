import { counted } from '../../../../core/shared/quote.ts';
import type { BandMeaning, Samples, Window } from '../../raster.ts';
import type { Layout } from './image-layout.ts';
import type { Masks } from './mask.ts';

/** What is known of the real and the imaginary part of each band of complex numbers, which are read as bands of their own. */
export const partsOfBands = (bands: readonly BandMeaning[]): BandMeaning[] =>
  bands.flatMap(({ metadata, offset, ...band }, index): BandMeaning[] => {
    const name = band.description ?? `Band ${index + 1}`;
    const meaning = { ...band, colorInterpretation: 'undefined' } as const;
    return [
      {
        ...meaning,
        description: `${name} (real)`,
        // As GDAL has them, of real numbers.
        ...(offset !== undefined && { offset }),
        ...(metadata && { metadata }),
      },
      { ...meaning, description: `${name} (imaginary)` },
    ];
  });

/**
 * The masks of both parts: a complex number is missing where its real part is nodata, as GDAL has it, or where a mask of the
 * file says so.
 *
 * @param read reads a band
 */
export function masksOfParts(
  nodata: number,
  read: (band: number, window: Window) => Promise<Samples>,
  masks: Masks | undefined,
  bandCount: number,
): Masks {
  return {
    kind: masks?.kind ?? (bandCount > 2 ? 'perBand' : 'perDataset'),
    read: async (band, window) => {
      const real = band - ((band - 1) % 2);
      const [values, own] = [await read(real, window), await masks?.read(band, window)];
      return Uint8Array.from(values, (value, index) =>
        value === nodata || Number.isNaN(value) || own?.[index] === 0 ? 0 : 255,
      );
    },
  };
}

/** What is to be said of a raster of complex numbers. */
export function remarkOnParts({ bandCount, dataType }: Layout, nodata: number | undefined): string {
  const bands = counted(bandCount / 2, 'band');
  const missing =
    nodata === undefined
      ? ''
      : ` Pixels whose real part is the nodata value ${nodata} are missing, which a mask says.`;
  return `The raster has ${bands} of complex numbers. Each is read as two bands of type ${dataType}: the real and the imaginary part, which resampling and statistics take one by one.${missing} raster-calculator gives magnitudes, as sqrt(A1^2 + A2^2).`;
}
