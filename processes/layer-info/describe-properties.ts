import type { LayerFeature } from '../../geo/layer/layer.ts';
import type { PropertyType } from './property-types.ts';

/** Different texts that are told; a property with more is no classification. */
const MOST_VALUES = 20;

interface Tally {
  readonly types: Set<PropertyType>;
  readonly texts: Set<string>;
  count: number;
  /** Integers beyond 2^53 stay as they are: JavaScript compares them with numbers exactly. */
  min: number | bigint;
  max: number | bigint;
}

export interface PropertyDescription {
  name: string;
  type: PropertyType;
  count: number;
  min?: number | bigint;
  max?: number | bigint;
  values?: string[];
}

/** Properties of all features with the types and ranges of their values, in the order in which they first occur. */
export function describeProperties(features: readonly LayerFeature[]): PropertyDescription[] {
  const tallies = new Map<string, Tally>();
  for (const { properties } of features) {
    for (const [name, value] of Object.entries(properties)) {
      let tally = tallies.get(name);
      if (!tally) {
        tally = { types: new Set(), texts: new Set(), count: 0, min: Infinity, max: -Infinity };
        tallies.set(name, tally);
      }
      if (value !== null && value !== undefined) add(tally, value);
    }
  }
  return [...tallies].map(([name, tally]) => summarise(name, tally));
}

function add(tally: Tally, value: unknown): void {
  const type = findType(value);
  tally.count++;
  tally.types.add(type);
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (value < tally.min) tally.min = value;
    if (value > tally.max) tally.max = value;
  } else if (typeof value === 'string' && tally.texts.size <= MOST_VALUES) tally.texts.add(value);
}

function findType(value: unknown): PropertyType {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    case 'bigint':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    default:
      return Array.isArray(value) ? 'array' : 'object';
  }
}

function summarise(name: string, { types, texts, count, min, max }: Tally): PropertyDescription {
  const type = commonType(types);
  const isNumber = type === 'integer' || type === 'number';
  return {
    name,
    type,
    count,
    ...(isNumber ? { min, max } : {}),
    ...(type === 'text' && texts.size <= MOST_VALUES ? { values: [...texts].toSorted() } : {}),
  };
}

function commonType(types: ReadonlySet<PropertyType>): PropertyType {
  const [first, ...others] = [...types];
  if (first === undefined) return 'none';
  if (others.length === 0) return first;
  // Some numbers of a column happen to be whole.
  return [...types].every((type) => type === 'integer' || type === 'number') ? 'number' : 'mixed';
}
