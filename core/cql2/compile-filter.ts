import type { Feature } from 'geojson';
import { InvalidInput } from '../shared/errors.ts';
import { Cql2Compiler } from './cql2-compile.ts';
import { parseCql2Text } from './cql2-text.ts';
import { FilterError } from './cql2-tokens.ts';
import { LONGEST_FILTER, TreeError } from './cql2-tree.ts';

/** A filter that was read, and what it needs of the features. */
export interface Filter {
  readonly holds: (feature: Feature) => boolean;
  /** Names of the properties that it reads. */
  readonly properties: readonly string[];
  /** True when geometries must be longitudes and latitudes, as those in the filter are. */
  readonly isSpatial: boolean;
  /** The fault of the filter at a property, with its place. */
  readonly faultAt: (property: string, message: string) => InvalidInput;
}

/**
 * The test that a CQL2 filter makes of a feature. Used by the inputs that are collections and by the process `filter`.
 *
 * @param filter CQL2 text, or CQL2 JSON. @param pointer of the filter in the execute request. @throws InvalidInput
 */
export function compileFilter(filter: string | object, pointer: string): (feature: Feature) => boolean {
  return readFilter(filter, pointer).holds;
}

/**
 * Reads a CQL2 filter.
 *
 * @param filter CQL2 text, or CQL2 JSON. @param pointer of the filter in the execute request.
 * @throws InvalidInput with the place of the fault, and what is expected there
 */
export function readFilter(filter: string | object, pointer: string): Filter {
  if (typeof filter === 'string' && filter.length > LONGEST_FILTER) {
    const detail = `has ${filter.length} characters; CQL2 text may have up to ${LONGEST_FILTER}. Use CQL2 JSON for long lists of values.`;
    throw new InvalidInput(pointer, detail);
  }
  const compiler = new Cql2Compiler();
  let offsets: WeakMap<object, number> | undefined;
  const fault = (cause: unknown): unknown => {
    if (cause instanceof FilterError) return new InvalidInput(pointer, inText(cause.offset, cause.message));
    if (!(cause instanceof TreeError)) return cause;
    const { node, pointer: inner } = cause.place;
    if (!offsets)
      return new InvalidInput(`${pointer}${inner}`, `cannot be used as a filter: ${cause.message}`);
    return new InvalidInput(pointer, inText(node && offsets.get(node), cause.message));
  };
  try {
    let tree: unknown = filter;
    if (typeof filter === 'string') ({ tree, offsets } = parseCql2Text(filter));
    const root = typeof tree === 'object' && tree !== null ? tree : undefined;
    const holds = compiler.condition(tree, { pointer: '', node: root });
    return {
      holds,
      properties: [...compiler.properties.keys()],
      isSpatial: compiler.isSpatial,
      faultAt: (property, message) => {
        const { node, pointer: inner = '' } = compiler.properties.get(property) ?? {};
        const offset = node && offsets?.get(node);
        return offset === undefined
          ? new InvalidInput(`${pointer}${inner}`, message)
          : new InvalidInput(pointer, `at character ${offset + 1} ${message}`);
      },
    };
  } catch (cause) {
    throw fault(cause);
  }
}

const inText = (offset: number | undefined, message: string): string =>
  `cannot be read as CQL2 text: ${offset === undefined ? '' : `at character ${offset + 1}, `}${message}`;
