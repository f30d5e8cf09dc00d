import { memorySource } from '../../../core/execution/sources.ts';
import { listMediaTypes } from '../../../core/processes/alternatives.ts';
import type { ProcessDeclaration } from '../../../core/processes/declaration.ts';
import type { RunContext, Source } from '../../../core/run/context.ts';

export interface ContextOptions {
  /** Media types asked for, by output; the default of the output where absent. */
  readonly formats?: Readonly<Record<string, string>>;
  readonly synchronous?: boolean;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<RunContext['limits']>;
}

/** What a test can ask of a context after a run. */
export interface Recorded {
  readonly messages: string[];
  readonly steps: { readonly done: number; readonly total: number; readonly message?: string }[];
}

/** A context as the worker gives it to a process, which keeps what it is told. */
export function makeContext(
  { outputs, limits: declared }: Pick<ProcessDeclaration, 'outputs' | 'limits'>,
  { formats = {}, synchronous = false, signal = new AbortController().signal, limits }: ContextOptions = {},
): RunContext & Recorded {
  const messages: string[] = [];
  const steps: Recorded['steps'] = [];
  return {
    signal,
    synchronous,
    limits: { ...declared, ...limits },
    messages,
    steps,
    format: (id) => formats[id] ?? listMediaTypes(outputs[id]!.schema)[0]!,
    log: (message) => void messages.push(message),
    warn: (message) => void messages.push(message),
    progress: async (done, total, message) => {
      signal.throwIfAborted();
      steps.push({ done, total, ...(message === undefined ? {} : { message }) });
    },
  };
}

export interface SourceOptions {
  readonly pointer?: string;
  readonly mediaType?: string;
  readonly href?: string;
}

/** A source over bytes, or over a JSON value as an inline layer is, that keeps the ranges that were read. */
export function makeSource(
  content: Uint8Array | object,
  { pointer = '/inputs/features', ...rest }: SourceOptions = {},
): Source & { readonly reads: { readonly offset: number; readonly length: number }[] } {
  const isBytes = content instanceof Uint8Array;
  const memory = memorySource(pointer, () =>
    isBytes ? content : new TextEncoder().encode(JSON.stringify(content)),
  );
  const reads: { offset: number; length: number }[] = [];
  return {
    ...memory,
    ...rest,
    ...(isBytes ? {} : { value: content }),
    reads,
    read: (offset, length) => {
      reads.push({ offset, length });
      return memory.read(offset, length);
    },
  };
}
