import { isObject } from '../shared/json.ts';
import { quote } from '../shared/quote.ts';

/** A filter, or a part of one, as CQL2 JSON; `unknown` because only the compiler checks what it means. */
export type Tree = unknown;

/** Where a part of a filter stands: as a JSON pointer, and as the object, which has a place in the text. */
export interface Place {
  readonly pointer: string;
  readonly node: object | undefined;
}

/** Something is wrong with a part of a filter. */
export class TreeError extends Error {
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(message);
    this.place = place;
  }
}

/** Characters of CQL2 text; longer ones are not written by hand. */
export const LONGEST_FILTER = 65_536;

/** Operations, parentheses and signs in each other; deeper is no filter that anybody wrote. */
export const MAXIMUM_DEPTH = 100;

export interface Operation {
  /** In lower case. */
  readonly op: string;
  readonly args: readonly Argument[];
}

export interface Argument {
  readonly node: Tree;
  readonly place: Place;
}

/** The name in `{"property": name}`. */
export function readPropertyName(node: Tree): string | undefined {
  return isObject(node) && typeof node['property'] === 'string' ? node['property'] : undefined;
}

/** The operation that an object `{op, args}` is. @throws TreeError saying what is expected instead */
export function readOperation(node: Tree, place: Place, depth: number, expected: string): Operation {
  if (depth > MAXIMUM_DEPTH)
    throw new TreeError(place, `the filter is nested more than ${MAXIMUM_DEPTH} deep.`);
  if (!isObject(node) || typeof node['op'] !== 'string') {
    throw new TreeError(place, `${expected} is expected, but found ${shown(node)}.`);
  }
  const args = node['args'];
  if (!Array.isArray(args)) throw new TreeError(place, `"${node['op']}" needs a list "args".`);
  return {
    op: node['op'].toLowerCase(),
    args: args.map((arg: Tree, index) => ({
      node: arg,
      place: locateNode(`${place.pointer}/args/${index}`, arg, place),
    })),
  };
}

/** A part in a sentence; what is inside of lists and objects may be too deep to be shown. */
export function shown(node: Tree): string {
  if (Array.isArray(node)) return 'a list';
  return isObject(node) ? 'an object without "op"' : quote(node);
}

/** The place of a part; values in themselves have that of the object around them. */
export const locateNode = (pointer: string, node: Tree, around: Place): Place => ({
  pointer,
  node: isObject(node) ? node : around.node,
});

/** The one argument of an operation. @throws TreeError where it has none or more */
export function oneArgument(operation: Operation, place: Place): Argument {
  const [only] = operation.args;
  if (operation.args.length === 1 && only) return only;
  throw wrongCount(operation, place, 1);
}

/** The two arguments of an operation. @throws TreeError where it has fewer or more */
export function twoArguments(operation: Operation, place: Place): readonly [one: Argument, other: Argument] {
  const [one, other] = operation.args;
  if (operation.args.length === 2 && one && other) return [one, other];
  throw wrongCount(operation, place, 2);
}

/** The fault of an operation that has not as many arguments as it needs. */
export function wrongCount({ op, args }: Operation, place: Place, count: number): TreeError {
  const needs = `${count} argument${count === 1 ? '' : 's'}`;
  return new TreeError(place, `"${op}" needs ${needs}, but has ${args.length}.`);
}
