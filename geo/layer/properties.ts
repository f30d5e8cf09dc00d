import type { Properties } from './layer.ts';

/**
 * Sets a property whose name comes from a file. An assignment of a property `__proto__` changes what an object inherits
 * and keeps nothing.
 */
export function setProperty(properties: Properties, name: string, value: unknown): void {
  if (name !== '__proto__') properties[name] = value;
  else {
    const descriptor = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(properties, name, descriptor);
  }
}

/** A property by a name that a client gave; null where the feature has none of its own. */
export const readProperty = (properties: Readonly<Properties>, name: string): unknown =>
  Object.hasOwn(properties, name) ? properties[name] : null;

/**
 * A property as a number; undefined where it is none.
 *
 * @param tellInexact called for an integer beyond 2^53 that no double is, where that matters: the nearest one is taken
 */
export function readNumber(
  properties: Readonly<Properties>,
  name: string,
  tellInexact?: () => void,
): number | undefined {
  const value = readProperty(properties, name);
  if (typeof value !== 'bigint') return typeof value === 'number' ? value : undefined;
  const number = Number(value);
  if (BigInt(number) !== value) tellInexact?.();
  return number;
}
