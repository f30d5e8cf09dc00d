import { InvalidInput } from '../../core/shared/errors.ts';
import type { Band, Raster } from './raster.ts';

/**
 * The description of a band (1-based).
 *
 * @param pointer JSON pointer of the input that names it
 * @throws InvalidInput when the raster has no such band
 */
export function checkBand({ bands }: Raster, band: number, pointer = '/inputs/band'): Band {
  const found = bands[band - 1];
  if (found) return found;
  const range = bands.length === 1 ? 'only band 1' : `the bands 1 to ${bands.length}`;
  throw new InvalidInput(pointer, `is ${band}, but the raster has ${range}.`);
}
