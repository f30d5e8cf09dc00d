import { InvalidInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import type { Band, Raster } from './raster.ts';

/**
 * The description of a band (1-based).
 *
 * @param pointer JSON pointer of the input that names it
 * @throws InvalidInput when the raster has no such band
 */
export function checkBand({ bands }: Raster, band: number, pointer = '/inputs/band'): Band {
  checkBandNumber(bands.length, band, pointer);
  return requirePresent(bands[band - 1], 'The band');
}

/** The same for who knows only how many bands there are. */
export function checkBandNumber(count: number, band: number, pointer = '/inputs/band'): void {
  if (band >= 1 && band <= count) return;
  const range = count === 1 ? 'only band 1' : `the bands 1 to ${count}`;
  throw new InvalidInput(pointer, `is ${band}, but the raster has ${range}.`);
}
