import { decodeBody, parseExecuteRequest } from '../../../core/execution/parse.ts';
import { perform } from '../../../core/execution/perform.ts';
import { checkSize, memorySource } from '../../../core/execution/sources.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';
import { REFERENCED_BYTES, type Source } from '../../../core/run/context.ts';
import { Refusal } from '../../../core/shared/errors.ts';
import { isTrap } from '../../../geo/parallel/errors.ts';
import { processes } from '../../../processes/index.ts';
import type { Bomb, Outcome } from './bomb.ts';

/** Executes a bomb as a job does, from the bytes of its body to its encoded results, within the limits of its process. */
export async function defuse(bomb: Bomb): Promise<Outcome> {
  try {
    await computeResults(bomb);
    return { kind: 'computed' };
  } catch (error) {
    if (error instanceof Refusal && error.status < 500)
      return {
        kind: 'refused',
        status: error.status,
        detail: error.detail ?? error.message,
        trapped: isTrap(error.cause),
      };
    return {
      kind: 'failed',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

async function computeResults(bomb: Bomb): Promise<void> {
  const process = processes.find(({ id }) => id === bomb.process);
  if (!process) throw new Error(`There is no process ${bomb.process}`);
  const { run } = (await import(`../../../processes/${process.id}/run.ts`)) as {
    run: Run<ProcessDeclaration>;
  };
  const files = bomb.files?.() ?? {};
  const body = decodeBody(await bodyBytes(bomb), process);
  const { signal } = new AbortController();
  await perform(process, run, parseExecuteRequest(body, process), {
    open: async (reference, { referencedBytes = REFERENCED_BYTES }) => {
      if (reference.kind !== 'reference') throw new Error('Collections are opened by the worker');
      return fileSource(files[reference.href]!, reference, referencedBytes);
    },
    store: async (name) => name,
    signal,
    progress: () => new Promise(setImmediate),
    log: () => undefined,
    warn: () => undefined,
    synchronous: false,
  });
}

async function bodyBytes({ body, inputs, mediaType }: Bomb): Promise<Uint8Array> {
  const outputs = mediaType === undefined ? {} : { outputs: { result: { format: { mediaType } } } };
  const whole = body?.() ?? JSON.stringify({ inputs: await inputs?.(), ...outputs });
  return typeof whole === 'string' ? Buffer.from(whole) : whole;
}

/** A file as a worker sees what it fetches: whole up to the limit of the process, or in ranges. */
function fileSource(
  bytes: Uint8Array,
  { href, pointer, mediaType }: { href: string; pointer: string; mediaType?: string | undefined },
  limit: number,
): Source {
  const memory = memorySource(pointer, () => bytes);
  return {
    ...memory,
    href,
    ...(mediaType === undefined ? {} : { mediaType }),
    read: (offset, length) => {
      checkSize(Math.min(length, bytes.length - offset), limit, pointer);
      return memory.read(offset, length);
    },
    bytes: () => {
      checkSize(bytes.length, limit, pointer);
      return memory.bytes();
    },
  };
}
