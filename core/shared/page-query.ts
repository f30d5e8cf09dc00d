import { InvalidQuery } from './errors.ts';

/** Items on a page where the client does not say, and at most; more than that are taken for it. */
export interface Limit {
  readonly default: number;
  readonly maximum: number;
}

/** The parameter `limit` of each list (/req/core/pl-limit-definition, /req/job-list/limit-definition). */
export const limits = {
  /** Many clients do not page, and show their users the first page as the whole. */
  processes: { default: 100, maximum: 1000 },
  jobs: { default: 10, maximum: 1000 },
  collections: { default: 10, maximum: 1000 },
  items: { default: 10, maximum: 10_000 },
} as const satisfies Record<string, Limit>;

/** Reads the parameter `limit`. @throws InvalidQuery for what is no integer from 1 */
export const limitParameter = (query: Readonly<Record<string, readonly string[]>>, limit: Limit): number =>
  Math.min(integerParameter(query, 'limit', 1) ?? limit.default, limit.maximum);

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
  const detail = `"${values.join(',')}" is not an integer of at least ${minimum}, given once.`;
  throw new InvalidQuery([{ pointer: `?${name}`, detail }]);
}

/** Where the page before starts; also from beyond the end it leads back to items. */
export const previousOffset = (offset: number, limit: number, total: number): number =>
  Math.max(0, Math.min(offset, total) - limit);
