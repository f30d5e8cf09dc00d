import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import { perform } from '../../../core/execution/perform.ts';
import { checkSize } from '../../../core/execution/sources.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import type { Source } from '../../../core/run/context.ts';
import { Refusal } from '../../../core/shared/errors.ts';
import { processes } from '../../../processes/index.ts';

/**
 * The one place where these tests touch the product: a process is executed on a file, from the validation of the request
 * to its encoded results, as a worker does it, without a service around it.
 */

/** A file, or one layer of it. What it is, is told by its extension and its first bytes, as for a reference. */
export interface InputFile {
  readonly path: string;
  readonly layer?: string | undefined;
}

export interface Order {
  readonly process: string;
  /** Id of the input that the file is given for. */
  readonly input: string;
  readonly file: InputFile;
  /** Media type of the output `result`; the process's first where absent. */
  readonly mediaType?: string | undefined;
}

export type Result =
  | { readonly kind: 'done'; readonly value: unknown; readonly messages: readonly string[] }
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** What refuses is told from what fails; results are JSON values or bytes. */
export async function execute(order: Order, signal = new AbortController().signal): Promise<Result> {
  const messages: string[] = [];
  try {
    const value = await computeResult(order, signal, (message) => void messages.push(message));
    return { kind: 'done', value, messages };
  } catch (error) {
    if (error instanceof Refusal && error.status < 500)
      return { kind: 'refused', status: error.status, detail: error.detail ?? error.message };
    return {
      kind: 'failed',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

async function computeResult(
  { process: id, input, file, mediaType }: Order,
  signal: AbortSignal,
  log: (message: string) => void,
): Promise<unknown> {
  const declaration = processes.find((candidate) => candidate.id === id);
  if (!declaration) throw new Error(`There is no process ${id}`);
  const { run } = (await import(`../../../processes/${id}/run.ts`)) as { run: Run<ProcessDeclaration> };
  const href = `https://files.invalid/${pathToFileURL(file.path).pathname.split('/').at(-1)}`;
  const body = {
    inputs: { [input]: { href, ...(file.layer === undefined ? {} : { layer: file.layer }) } },
    ...(mediaType === undefined ? {} : { outputs: { result: { format: { mediaType } } } }),
  };
  const stored = new Map<string, Uint8Array>();
  const manifest = await perform(declaration, run, parseExecuteRequest(body, declaration), {
    open: async ({ pointer }, { referencedBytes }) => ({
      ...fileSource(file.path, pointer, referencedBytes),
      href,
      ...(file.layer === undefined ? {} : { layer: file.layer }),
    }),
    store: async (name, bytes) => {
      stored.set(name, bytes);
      return name;
    },
    signal,
    progress: async () => {
      signal.throwIfAborted();
      // Timers run, as they do while a worker writes its progress.
      await new Promise(setImmediate);
    },
    log,
    warn: log,
    synchronous: false,
  });
  const { key, content, encoding } = manifest.outputs[0]!;
  if (key === undefined) return encoding === 'base64' ? Buffer.from(String(content), 'base64') : content;
  return stored.get(key)!;
}

/** A file as the worker sees what it fetched: in ranges, or whole up to the limit of the process. */
function fileSource(path: string, pointer: string, limit: number | undefined): Source {
  const { size } = statSync(path);
  const read = (offset: number, wanted: number): Uint8Array => {
    const length = Math.max(0, Math.min(wanted, size - offset));
    checkSize(length, limit, pointer);
    const bytes = new Uint8Array(length);
    const handle = openSync(path, 'r');
    try {
      for (let done = 0; done < length; ) {
        const more = readSync(handle, bytes, done, length - done, offset + done);
        if (more === 0) throw new Error(`${path} became shorter while it was read`);
        done += more;
      }
    } finally {
      closeSync(handle);
    }
    return bytes;
  };
  return {
    pointer,
    size: async () => size,
    read: async (offset, length) => read(offset, length),
    bytes: async () => read(0, size),
  };
}
