import type { PropertyAnswer } from './description.ts';

/** Different texts that are told; a property with more is no classification. */
const MOST_VALUES = 20;

interface Tally {
  readonly types: Set<string>;
  readonly texts: Set<string>;
  count: number;
  min: number;
  max: number;
}

/** Properties with the types and ranges of their values, in the order in which they first occur, as `layer-info` tells them. */
export function summariseProperties(rows: readonly Readonly<Record<string, unknown>>[]): PropertyAnswer[] {
  const tallies = new Map<string, Tally>();
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      const tally = tallies.get(name) ?? {
        types: new Set(),
        texts: new Set(),
        count: 0,
        min: Infinity,
        max: -Infinity,
      };
      tallies.set(name, tally);
      if (value !== null && value !== undefined) add(tally, value);
    }
  return [...tallies].map(([name, tally]) => summarise(name, tally));
}

function add(tally: Tally, value: unknown): void {
  tally.count++;
  tally.types.add(typeOf(value));
  if (typeof value === 'number') {
    tally.min = Math.min(tally.min, value);
    tally.max = Math.max(tally.max, value);
  } else if (typeof value === 'string' && tally.texts.size <= MOST_VALUES) tally.texts.add(value);
}

function typeOf(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'array' : 'object';
}

function summarise(name: string, { types, texts, count, min, max }: Tally): PropertyAnswer {
  const type = commonType([...types]);
  return {
    name,
    type,
    count,
    ...(type === 'integer' || type === 'number' ? { min, max } : {}),
    ...(type === 'text' && texts.size <= MOST_VALUES ? { values: [...texts].toSorted() } : {}),
  };
}

function commonType([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'none';
  if (others.length === 0) return first;
  // Some numbers of a column happen to be whole.
  return [first, ...others].every((type) => type === 'integer' || type === 'number') ? 'number' : 'mixed';
}
