import { greatest } from '../../core/shared/arrays.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import type { Bounds } from './bounds.ts';

/** Where all coordinates are near 0: the reciprocals and squares of smaller numbers are no numbers. */
const LEAST = 1e-150;

/**
 * Refuses pixels and cells whose borders are the same number as their centres: coordinates are doubles, which lie farther apart
 * the greater they are.
 *
 * @param size in units of the bounds
 * @param pointer JSON pointer of the input that gives the size
 * @throws InvalidInput naming the least size
 */
export function checkSpacing(size: number, bounds: Bounds, pointer: string): void {
  const reach = greatest(bounds.map(Math.abs));
  const least = Math.max(LEAST, 2 * Number.EPSILON * reach);
  if (size < least)
    throw new InvalidInput(
      pointer,
      `is ${size}, which is too small to distinguish coordinates of up to ${reach}: it must be at least ${least}.`,
    );
}
