import { InvalidInput } from '../../core/shared/errors.ts';
import { numericFieldFault } from '../layer/field-faults.ts';
import type { Layer } from '../layer/layer.ts';
import { readNumber } from '../layer/properties.ts';
import { listPoints } from '../per-feature/points.ts';

/** Points with a number each, in the CRS of a grid, in memory that threads share. */
export interface Sites {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
}

/**
 * The points of a layer in the CRS of a grid with their numbers, in order. Those whose property is null or absent are left out.
 *
 * @param field property with the number; every point counts 1 where there is none
 * @param pointer where the name of the property stands in the request
 * @param user what needs the numbers, for messages
 * @throws InvalidRequest for a property that no feature has or that is no number, and for what is not a point
 */
export function readSites(layer: Layer, field: string | undefined, pointer: string, user: string): Sites {
  if (field !== undefined && layer.features.length > 0) {
    const detail = numericFieldFault(layer.features, field, user);
    if (detail) throw new InvalidInput(pointer, detail);
  }
  const sites = listPoints(layer).flatMap(({ position, feature: { properties } }) => {
    const value = field === undefined ? 1 : readNumber(properties, field);
    return value !== undefined ? [{ position, value }] : [];
  });
  return {
    xs: sharedDoubles(sites.map(({ position }) => position[0] ?? 0)),
    ys: sharedDoubles(sites.map(({ position }) => position[1] ?? 0)),
    values: sharedDoubles(sites.map(({ value }) => value)),
  };
}

/** Numbers in memory that threads share. */
export function sharedDoubles(numbers: readonly number[]): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(numbers.length * Float64Array.BYTES_PER_ELEMENT));
  shared.set(numbers);
  return shared;
}
