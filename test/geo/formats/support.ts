import type { RunContext, Source } from '../../../core/run/context.ts';

export const makeRunContext = (
  changes: Partial<RunContext> = {},
): RunContext & { readonly logged: string[] } => {
  const logged: string[] = [];
  return {
    signal: new AbortController().signal,
    progress: async () => {},
    log: (message) => void logged.push(message),
    warn: (message) => void logged.push(message),
    format: () => 'application/geo+json',
    limits: { inlineBytes: 1e6 },
    synchronous: false,
    logged,
    ...changes,
  };
};

export const valueSource = (value: unknown, pointer = '/inputs/features'): Source => ({
  pointer,
  value,
  size: async () => undefined,
  read: async () => new Uint8Array(),
  bytes: async () => Buffer.from(JSON.stringify(value)),
});

export const bytesSource = (bytes: Uint8Array, changes: Partial<Source> = {}): Source => ({
  pointer: '/inputs/features',
  size: async () => bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  bytes: async () => bytes,
  ...changes,
});

/** In an order that their content alone decides: a FlatGeobuf has its features in the order of its index. */
export const inOrderOfContent = <T>(values: readonly T[]): T[] =>
  values
    .map((value) => ({ value, text: JSON.stringify(sortKeys(value)) }))
    .sort((one, other) => (one.text < other.text ? -1 : 1))
    .map(({ value }) => value);

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, sortKeys(member)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
