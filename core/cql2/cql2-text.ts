import type { Geometry } from 'geojson';
import { exactInteger, exactNumber } from '../shared/exact-json.ts';
import { FilterError, type Token, tokenizeCql2 } from './cql2-tokens.ts';
import { MAXIMUM_DEPTH, type Tree } from './cql2-tree.ts';
import { isGeometryWord, readGeometry } from './cql2-wkt.ts';

export interface ParsedText {
  readonly tree: Tree;
  /** Where in the text the objects of the tree start. */
  readonly offsets: WeakMap<object, number>;
}

const reserved = new Set(['AND', 'OR', 'NOT', 'IS', 'NULL', 'LIKE', 'IN', 'BETWEEN', 'TRUE', 'FALSE']);
const comparisons = new Set(['=', '<>', '<', '<=', '>', '>=']);

/**
 * Reads CQL2 text (OGC 21-065) into the tree that the same filter is as CQL2 JSON. Whether conditions and values
 * stand where they should is left to the compiler, as it is for JSON.
 *
 * @throws FilterError with the place and what was expected there
 */
export function parseCql2Text(text: string): ParsedText {
  const parser = new Parser(tokenizeCql2(text));
  return { tree: parser.all(), offsets: parser.offsets };
}

/** Recursive descent: a method for each level of precedence. */
class Parser {
  readonly offsets = new WeakMap<object, number>();
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    // The last token is the end, and nothing steps over it.
    return this.#tokens[this.#position] as Token;
  }

  #fail(expected: string): never {
    const { kind, value, offset } = this.#next;
    const found = kind === 'end' ? 'the filter ends there' : `found ${JSON.stringify(value)}`;
    throw new FilterError(`expected ${expected}, but ${found}.`, offset);
  }

  #take(kind: Token['kind'], value?: string): Token | undefined {
    const token = this.#next;
    const same = kind === 'word' ? token.value.toUpperCase() : token.value;
    if (token.kind !== kind || (value !== undefined && same !== value)) return undefined;
    this.#position++;
    return token;
  }

  #expect(kind: Token['kind'], value: string): void {
    if (!this.#take(kind, value)) this.#fail(kind === 'word' ? value : `"${value}"`);
  }

  #node<T extends object>(offset: number, node: T): T {
    this.offsets.set(node, offset);
    return node;
  }

  /** One level deeper, for as long as `read` runs. */
  #nested<T>(read: () => T): T {
    if (++this.#depth > MAXIMUM_DEPTH) {
      throw new FilterError(`the filter is nested more than ${MAXIMUM_DEPTH} deep there.`, this.#next.offset);
    }
    const result = read();
    this.#depth--;
    return result;
  }

  all(): Tree {
    const tree = this.#disjunction();
    if (this.#next.kind !== 'end') this.#fail('AND, OR, an operator or the end of the filter');
    return tree;
  }

  #disjunction(): Tree {
    return this.#joined('OR', () => this.#joined('AND', () => this.#negation()));
  }

  #joined(word: 'AND' | 'OR', read: () => Tree): Tree {
    const { offset } = this.#next;
    const first = read();
    if (!this.#take('word', word)) return first;
    const args = [first, read()];
    while (this.#take('word', word)) args.push(read());
    return this.#node(offset, { op: word.toLowerCase(), args });
  }

  #negation(): Tree {
    const not = this.#take('word', 'NOT');
    if (!not) return this.#predicate();
    return this.#node(not.offset, { op: 'not', args: [this.#nested(() => this.#negation())] });
  }

  #predicate(): Tree {
    const { offset } = this.#next;
    const value = this.#sum();
    const operator = this.#next;
    if (operator.kind === 'sign' && comparisons.has(operator.value)) {
      this.#position++;
      return this.#node(offset, { op: operator.value, args: [value, this.#sum()] });
    }
    if (this.#take('word', 'IS')) {
      const negated = this.#take('word', 'NOT');
      if (!this.#take('word', 'NULL')) this.#fail(negated ? 'NULL' : 'NULL or NOT NULL');
      return this.#negated(offset, negated, this.#node(offset, { op: 'isNull', args: [value] }));
    }
    const negated = this.#take('word', 'NOT');
    const list = this.#like(offset, value) ?? this.#between(offset, value) ?? this.#in(offset, value);
    if (list) return this.#negated(offset, negated, list);
    if (negated) this.#fail('LIKE, IN or BETWEEN');
    return value;
  }

  #negated(offset: number, negated: Token | undefined, node: object): object {
    return negated ? this.#node(offset, { op: 'not', args: [node] }) : node;
  }

  #like(offset: number, value: Tree): object | undefined {
    if (!this.#take('word', 'LIKE')) return undefined;
    return this.#node(offset, { op: 'like', args: [value, this.#sum()] });
  }

  #between(offset: number, value: Tree): object | undefined {
    if (!this.#take('word', 'BETWEEN')) return undefined;
    const least = this.#sum();
    this.#expect('word', 'AND');
    return this.#node(offset, { op: 'between', args: [value, least, this.#sum()] });
  }

  #in(offset: number, value: Tree): object | undefined {
    if (!this.#take('word', 'IN')) return undefined;
    this.#expect('sign', '(');
    return this.#node(offset, { op: 'in', args: [value, this.#list(() => this.#sum())] });
  }

  /** What stands between commas up to the closing parenthesis. */
  #list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.#take('sign', ',')) items.push(read());
    if (!this.#take('sign', ')')) this.#fail('"," or ")"');
    return items;
  }

  #sum(): Tree {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/'], () => this.#operand()));
  }

  #chain(signs: readonly string[], read: () => Tree): Tree {
    const { offset } = this.#next;
    let left = read();
    while (this.#next.kind === 'sign' && signs.includes(this.#next.value)) {
      const op = this.#next.value;
      this.#position++;
      left = this.#node(offset, { op, args: [left, read()] });
    }
    return left;
  }

  #operand(): Tree {
    const { kind, value, offset } = this.#next;
    if (this.#take('sign', '(')) {
      const inner = this.#nested(() => this.#disjunction());
      if (!this.#take('sign', ')')) this.#fail('AND, OR, an operator or ")"');
      return inner;
    }
    if (this.#take('sign', '-')) {
      const operand = this.#nested(() => this.#operand());
      if (typeof operand === 'bigint') return exactInteger(-operand);
      return typeof operand === 'number' ? -operand : this.#node(offset, { op: '*', args: [-1, operand] });
    }
    if (this.#take('sign', '+') && this.#next.kind !== 'number') this.#fail('a number');
    if (this.#next.kind === 'number') return this.#number();
    if (this.#take('text')) return value;
    if (this.#take('name')) return this.#node(offset, { property: value });
    if (kind === 'word') return this.#word(value, offset);
    return this.#fail('a property, a value, NOT or "("');
  }

  /** A number as JSON would have it: one that is read as infinite is none. */
  #number(): number | bigint {
    const { value, offset } = this.#next;
    const number = exactNumber(value);
    if (typeof number === 'number' && !Number.isFinite(number))
      throw new FilterError(`${value} is beyond the range of a double, about 1.8e308.`, offset);
    this.#position++;
    return number;
  }

  #word(word: string, offset: number): Tree {
    const upper = word.toUpperCase();
    if (upper === 'NULL') this.#fail('a value (nulls are found with IS NULL)');
    if (upper === 'TRUE' || upper === 'FALSE') {
      this.#position++;
      return upper === 'TRUE';
    }
    if (reserved.has(upper)) this.#fail('a property, a value, NOT or "("');
    this.#position++;
    if (this.#next.kind !== 'sign' || this.#next.value !== '(') {
      return this.#node(offset, { property: word });
    }
    if (isGeometryWord(upper)) return this.#node(offset, this.#geometry(upper));
    this.#position++;
    if (this.#take('sign', ')')) return this.#node(offset, { op: word.toLowerCase(), args: [] });
    const args = this.#nested(() => this.#list(() => this.#disjunction()));
    return this.#node(
      offset,
      upper === 'DATE' || upper === 'TIMESTAMP' ? instant(upper, args) : call(word, args),
    );
  }

  #geometry(word: string): Geometry | { readonly bbox: readonly number[] } {
    return readGeometry(word, {
      take: (sign) => this.#take('sign', sign) !== undefined,
      number: () => {
        const negative = this.#take('sign', '-') !== undefined;
        if (!negative) this.#take('sign', '+');
        if (this.#next.kind !== 'number') this.#fail('a number');
        const number = Number(this.#number());
        return negative ? -number : number;
      },
      word: () => (this.#take('word') ?? this.#fail('a geometry, such as POINT')).value.toUpperCase(),
      isNumber: () => this.#next.kind === 'number' || ['-', '+'].includes(this.#next.value),
      nested: (read) => this.#nested(read),
      fail: (expected) => this.#fail(expected),
    });
  }
}

const call = (word: string, args: readonly Tree[]): object => ({ op: word.toLowerCase(), args });

const instant = (word: 'DATE' | 'TIMESTAMP', args: readonly Tree[]): object => ({
  [word.toLowerCase()]: args.length === 1 ? args[0] : args,
});
