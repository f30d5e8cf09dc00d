import { InvalidInput, LimitExceeded } from '../../core/shared/errors.ts';
import { TooManyCrossings } from './effort.ts';
import { GeosError } from './geos.ts';
import { noteTrap } from './library.ts';

/**
 * Runs work on one geometry. What GEOS cannot compute, such as coordinates near the largest numbers, is a fault
 * of that geometry and not of the service.
 *
 * @param pointer where the geometry stands in the request; a function is only asked when it is needed.
 * @throws InvalidInput with the reason of GEOS, LimitExceeded when its memory is full
 */
export async function onGeometry<T>(pointer: string | (() => string), work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw errorFromGeos(cause, pointer);
  }
}

/** The error to throw for what was thrown while a geometry was worked on. See {@link onGeometry}. */
export function errorFromGeos(cause: unknown, pointer: string | (() => string)): unknown {
  const at = () => (typeof pointer === 'string' ? pointer : pointer());
  if (cause instanceof TooManyCrossings) return new LimitExceeded(at(), `Too large: ${cause.message}`);
  if (noteTrap(cause))
    return new LimitExceeded(
      at(),
      'There is not enough memory to compute this geometry. Simplify it, or split it into smaller features.',
      cause,
    );
  if (!(cause instanceof GeosError)) return cause;
  if (/bad_alloc|memory/i.test(cause.message)) {
    return new LimitExceeded(at(), 'Together the layers are too large; send them in parts.');
  }
  return new InvalidInput(
    at(),
    `cannot be processed: ${cause.message}. Simplify it, or give a "crs" in which its coordinates are smaller.`,
  );
}
