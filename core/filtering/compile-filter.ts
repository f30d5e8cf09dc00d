import type { Feature } from 'geojson';
import { InvalidInput } from '../errors.ts';

/**
 * The test that a CQL2 filter makes of a feature. Used by the inputs that are collections and by the process `filter`.
 *
 * @param filter CQL2 text, or CQL2 JSON. @param pointer of the filter in the execute request. @throws InvalidInput
 */
export function compileFilter(filter: string | object, pointer: string): (feature: Feature) => boolean {
  throw new InvalidInput(pointer, `cannot be read: ${JSON.stringify(filter)}.`);
}
