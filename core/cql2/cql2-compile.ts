import type { Feature } from 'geojson';
import { isObject } from '../shared/json.ts';
import { quote } from '../shared/quote.ts';
import { didYouMean } from '../shared/similar.ts';
import { comparableKey, exactResult } from './cql2-integers.ts';
import { spatialTest } from './cql2-spatial.ts';
import {
  type Argument,
  locateNode,
  MAXIMUM_DEPTH,
  type Operation,
  oneArgument,
  type Place,
  readOperation,
  readPropertyName,
  shown,
  type Tree,
  TreeError,
  twoArguments,
  wrongCount,
} from './cql2-tree.ts';
import {
  type Comparison,
  compare,
  Instant,
  isNumeric,
  parseInstant,
  toScalar,
  type Value,
  withoutAccents,
  withoutCase,
} from './cql2-values.ts';
import { likePattern } from './like-pattern.ts';

export type Condition = (feature: Feature) => boolean;
type Reader = (feature: Feature) => Value;

const comparisons = new Set(['=', '<>', '<', '<=', '>', '>=']);
const foldings = { casei: withoutCase, accenti: withoutAccents } as const;
const arithmetic: Readonly<Record<string, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
};
const conditions = [
  'and',
  'or',
  'not',
  ...comparisons,
  'between',
  'in',
  'isNull',
  'like',
  's_intersects',
  's_disjoint',
];
const values = ['casei', 'accenti', ...Object.keys(arithmetic), 'date', 'timestamp'];

/** Name of the geometry in filters; a property of that name is hidden by it. */
const GEOMETRY = 'geometry';

/**
 * Turns CQL2 JSON (OGC 21-065) into a test of features: a closed set of operations, nothing of the filter is
 * executed as a program. A comparison with null is false, and NOT of it true.
 */
export class Cql2Compiler {
  /** Properties that the filter reads, with the first place of each. */
  readonly properties = new Map<string, Place>();
  /** True when the filter looks at where geometries are, which must be longitudes and latitudes then. */
  isSpatial = false;

  /** @throws TreeError */
  condition(node: Tree, place: Place, depth = 0): Condition {
    if (typeof node === 'boolean') return () => node;
    const property = readPropertyName(node);
    if (property !== undefined) {
      const read = this.#member(property, place);
      return (feature) => read(feature) === true;
    }
    const operation = readOperation(node, place, depth, 'a condition');
    const { op, args } = operation;
    const inner = (argument: Argument) => this.condition(argument.node, argument.place, depth + 1);
    switch (op) {
      case 'and':
      case 'or': {
        if (args.length < 2) throw new TreeError(place, `"${op}" needs two conditions or more.`);
        const all = args.map(inner);
        return op === 'and'
          ? (feature) => all.every((holds) => holds(feature))
          : (feature) => all.some((holds) => holds(feature));
      }
      case 'not': {
        const holds = inner(oneArgument(operation, place));
        return (feature) => !holds(feature);
      }
      case 's_intersects':
      case 's_disjoint':
        this.isSpatial = true;
        return spatialTest(operation, place, GEOMETRY);
      case 'isnull':
        return this.#isNull(operation, place, depth);
      case 'between':
        return this.#between(operation, place, depth);
      case 'in':
        return this.#in(operation, place, depth);
      case 'like':
        return this.#like(operation, place, depth);
      default:
        if (comparisons.has(op)) return this.#comparison(operation, place, depth);
        throw new TreeError(place, `a condition is expected, but "${op}" ${whatIs(op)}`);
    }
  }

  #comparison(operation: Operation, place: Place, depth: number): Condition {
    const [one, other] = this.#pair(operation, place, depth);
    return (feature) => compare(operation.op as Comparison, one(feature), other(feature));
  }

  #between(operation: Operation, place: Place, depth: number): Condition {
    const [value, least, most] = operation.args.map((argument) => this.#reader(argument, depth));
    if (!value || !least || !most || operation.args.length > 3) throw wrongCount(operation, place, 3);
    return (feature) => {
      const found = value(feature);
      return compare('>=', found, least(feature)) && compare('<=', found, most(feature));
    };
  }

  #reader({ node, place }: Argument, depth: number): Reader {
    return this.#value(node, place, depth + 1);
  }

  #pair(operation: Operation, place: Place, depth: number): readonly [one: Reader, other: Reader] {
    const [one, other] = twoArguments(operation, place);
    return [this.#reader(one, depth), this.#reader(other, depth)];
  }

  #isNull(operation: Operation, place: Place, depth: number): Condition {
    const argument = oneArgument(operation, place);
    const property = readPropertyName(argument.node);
    // Objects and lists are no values that can be compared, but they are not null.
    const read =
      property === undefined ? this.#reader(argument, depth) : this.#member(property, argument.place);
    return (feature) => read(feature) === null;
  }

  #in(operation: Operation, place: Place, depth: number): Condition {
    const [argument, { node: list, place: listPlace }] = twoArguments(operation, place);
    if (!Array.isArray(list)) throw new TreeError(listPlace, '"in" needs a list of values.');
    const value = this.#reader(argument, depth);
    const constants = new Set<unknown>();
    const others: Reader[] = [];
    for (const [index, item] of list.entries()) {
      const read = this.#value(item, locateNode(`${listPlace.pointer}/${index}`, item, place), depth + 1);
      if (isConstant(item)) constants.add(comparableKey(item));
      else others.push(read);
    }
    // Values of one type are equal or not, which takes no look at each; with moments texts are compared as such.
    const isAmong = (found: Value) =>
      found instanceof Instant
        ? [...constants].some((item) => compare('=', found, item as Value))
        : constants.has(comparableKey(found));
    return (feature) => {
      const found = value(feature);
      return isAmong(found) || others.some((item) => compare('=', found, item(feature)));
    };
  }

  #like(operation: Operation, place: Place, depth: number): Condition {
    const [argument, pattern] = twoArguments(operation, place);
    const value = this.#reader(argument, depth);
    const matches = compilePattern(pattern.node, pattern.place);
    return (feature) => {
      const found = value(feature);
      return typeof found === 'string' && matches(found);
    };
  }

  /** A value of text, numbers, truth or time. */
  #value(node: Tree, place: Place, depth: number): Reader {
    if (isConstant(node)) return () => node;
    const property = readPropertyName(node);
    if (property !== undefined) {
      const read = this.#member(property, place);
      return (feature) => toScalar(read(feature));
    }
    if (isObject(node) && ('date' in node || 'timestamp' in node)) {
      const instant = instantIn(node, place);
      return () => instant;
    }
    const operation = readOperation(node, place, depth, 'a value');
    const { op } = operation;
    const calculate = Object.hasOwn(arithmetic, op) ? arithmetic[op] : undefined;
    if (calculate) return this.#calculation(operation, calculate, place, depth);
    if (op === 'casei' || op === 'accenti') {
      const read = this.#reader(oneArgument(operation, place), depth);
      return (feature) => {
        const found = read(feature);
        return typeof found === 'string' ? foldings[op](found) : found;
      };
    }
    return this.condition(node, place, depth);
  }

  #calculation(
    operation: Operation,
    calculate: (one: number, other: number) => number,
    place: Place,
    depth: number,
  ): Reader {
    for (const { node, place: at } of twoArguments(operation, place)) {
      if (typeof node === 'string' || typeof node === 'boolean')
        throw new TreeError(at, `"${operation.op}" needs numbers, but found ${quote(node)}.`);
    }
    const [one, other] = this.#pair(operation, place, depth);
    return (feature) => {
      const [a, b] = [one(feature), other(feature)];
      // What is no number, or divided by 0, has no value.
      if (!isNumeric(a) || !isNumeric(b)) return null;
      return exactResult(operation.op, a, b) ?? toScalar(calculate(Number(a), Number(b)));
    };
  }

  /** A member of features: their geometry, a property, or, where no property has that name, their id. */
  #member(name: string, place: Place): (feature: Feature) => unknown {
    if (name === GEOMETRY) return ({ geometry }) => geometry;
    if (!this.properties.has(name)) this.properties.set(name, place);
    return ({ properties, id }) => {
      if (properties && Object.hasOwn(properties, name)) return properties[name] ?? null;
      return name === 'id' ? (id ?? null) : null;
    };
  }
}

const isConstant = (node: Tree): node is string | number | bigint | boolean =>
  typeof node === 'string' || isNumeric(node) || typeof node === 'boolean';

/** The pattern of LIKE, which may stand within casei and accenti. */
function compilePattern(
  node: Tree,
  place: Place,
  fold = (text: string) => text,
  depth = 0,
): (text: string) => boolean {
  if (typeof node === 'string') return likePattern(node, fold);
  const op = isObject(node) && typeof node['op'] === 'string' ? node['op'].toLowerCase() : undefined;
  if ((op !== 'casei' && op !== 'accenti') || depth > MAXIMUM_DEPTH)
    throw new TreeError(place, 'the pattern of "like" must be a string in quotes.');
  const operation = readOperation(node, place, depth, 'a pattern');
  const inner = oneArgument(operation, place);
  return compilePattern(inner.node, inner.place, (text) => foldings[op](fold(text)), depth + 1);
}

function instantIn(node: Readonly<Record<string, unknown>>, place: Place) {
  const kind = 'date' in node ? 'date' : 'timestamp';
  const text = node[kind];
  const instant = typeof text === 'string' ? parseInstant(text, kind) : null;
  if (instant) return instant;
  const right = kind === 'date' ? '2026-03-31' : '2026-03-31T12:30:00Z';
  throw new TreeError(place, `"${kind}" must have a string such as '${right}', but it is ${shown(text)}.`);
}

function whatIs(op: string): string {
  if (values.includes(op)) return 'returns a value.';
  return `is not supported.${didYouMean(op, [...conditions, ...values])} Supported: ${conditions.join(', ')}; in values: ${values.join(', ')}.`;
}
