/**
 * What is there by construction, though its type cannot say so.
 *
 * @param what names it in the message
 * @throws Error where it is missing, which is a fault of the program
 */
export function requirePresent<T>(value: T, what: string): NonNullable<T> {
  if (value === undefined || value === null) throw new Error(`${what} is missing.`);
  return value;
}
