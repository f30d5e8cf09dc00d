/**
 * The closed set of what an expression can do, as NumPy does it in double precision: conditions are 1 or 0, every number
 * but 0 (also not-a-number) holds as a condition, comparisons with not-a-number fail.
 */
export type Unary = (value: number) => number;
export type Binary = (left: number, right: number) => number;

const holds = (value: number): boolean => value !== 0;

export const unaryOperators: ReadonlyMap<string, Unary> = new Map([
  ['-', (value) => -value],
  ['!', (value) => (holds(value) ? 0 : 1)],
]);

export const binaryOperators: ReadonlyMap<string, Binary> = new Map([
  ['+', (left, right) => left + right],
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  ['/', (left, right) => left / right],
  ['^', (left, right) => left ** right],
  ['<', (left, right) => (left < right ? 1 : 0)],
  ['<=', (left, right) => (left <= right ? 1 : 0)],
  ['>', (left, right) => (left > right ? 1 : 0)],
  ['>=', (left, right) => (left >= right ? 1 : 0)],
  ['==', (left, right) => (left === right ? 1 : 0)],
  ['!=', (left, right) => (left !== right ? 1 : 0)],
  ['&&', (left, right) => (holds(left) && holds(right) ? 1 : 0)],
  ['||', (left, right) => (holds(left) || holds(right) ? 1 : 0)],
]);

/** Functions of one value. */
export const unaryFunctions: ReadonlyMap<string, Unary> = new Map([
  ['abs', Math.abs],
  ['sqrt', Math.sqrt],
  ['log', Math.log],
  ['log10', Math.log10],
  ['exp', Math.exp],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['floor', Math.floor],
  ['ceil', Math.ceil],
]);

/** Functions that take two values, or more where they can be applied one after the other. */
export const binaryFunctions: ReadonlyMap<string, { readonly apply: Binary; readonly several: boolean }> =
  new Map([
    ['min', { apply: (left: number, right: number) => Math.min(left, right), several: true }],
    ['max', { apply: (left: number, right: number) => Math.max(left, right), several: true }],
    ['pow', { apply: (left: number, right: number) => left ** right, several: false }],
  ]);

/** `where(condition, value if it holds, value if not)`. */
export const CHOICE = 'where';
export const choose = (condition: number, holding: number, otherwise: number): number =>
  holds(condition) ? holding : otherwise;

export const functionNames: readonly string[] = [...unaryFunctions.keys(), ...binaryFunctions.keys(), CHOICE];
