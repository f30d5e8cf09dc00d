/**
 * Adds items to an array one after the other. As arguments of one call they would lie on the stack, which ends at some
 * hundred thousand: a layer has more.
 */
export function append<T>(array: T[], items: Iterable<T>): void {
  for (const item of items) array.push(item);
}

/** The least of any number of values; Infinity where there is none. */
export function least(values: Iterable<number>): number {
  let result = Infinity;
  for (const value of values) result = Math.min(result, value);
  return result;
}

/** The greatest of any number of values; -Infinity where there is none. */
export function greatest(values: Iterable<number>): number {
  let result = -Infinity;
  for (const value of values) result = Math.max(result, value);
  return result;
}
