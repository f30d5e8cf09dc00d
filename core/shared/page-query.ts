import { InvalidQuery } from './errors.ts';

/** Items on a page where the client does not say, and at most (/req/core/pl-limit-definition, /req/job-list/limit-definition). */
export const DEFAULT_LIMIT = 10;
export const MAXIMUM_LIMIT = 1000;

/** Reads a non-negative integer parameter that may be given once. @throws InvalidQuery */
export function integerParameter(
  query: Readonly<Record<string, readonly string[]>>,
  name: string,
  minimum: number,
): number | undefined {
  const values = query[name];
  if (!values) return undefined;
  const [text = ''] = values;
  const value = values.length === 1 && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum) return value;
  const detail = `"${values.join(',')}" is not an integer from ${minimum}, given once.`;
  throw new InvalidQuery([{ pointer: `?${name}`, detail }]);
}

/** Where the page before starts; also from beyond the end it leads back to items. */
export const previousOffset = (offset: number, limit: number, total: number): number =>
  Math.max(0, Math.min(offset, total) - limit);
