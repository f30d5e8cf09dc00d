import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import { perform } from '../../../core/execution/perform.ts';
import { memorySource } from '../../../core/execution/sources.ts';
import type { ProcessDeclaration, Run } from '../../../core/processes/declaration.ts';

export interface ExecuteOptions {
  /** What references lead to, by their href. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly synchronous?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number, message?: string) => Promise<void>;
}

export interface Executed {
  /** JSON values, or bytes of other formats, by output id. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly mediaTypes: Readonly<Record<string, string>>;
  readonly logged: readonly string[];
}

/** Executes a request as the service does, from its validation to its encoded results, without the service. */
export async function execute(
  process: ProcessDeclaration,
  // Each `run` is typed by its own declaration.
  run: Run<never>,
  body: unknown,
  { files = {}, synchronous = false, signal = new AbortController().signal, progress }: ExecuteOptions = {},
): Promise<Executed> {
  const logged: string[] = [];
  const stored = new Map<string, Uint8Array>();
  const manifest = await perform(
    process,
    run as unknown as Run<ProcessDeclaration>,
    parseExecuteRequest(body, process),
    {
      open: async (reference) => {
        if (reference.kind !== 'reference') throw new Error('Collections are opened by the worker');
        const { pointer, href, mediaType } = reference;
        return {
          ...memorySource(pointer, () => files[href]!),
          href,
          ...(mediaType === undefined ? {} : { mediaType }),
        };
      },
      store: async (name, bytes) => {
        stored.set(name, bytes);
        return name;
      },
      signal,
      progress: progress ?? (async () => signal.throwIfAborted()),
      log: (message) => void logged.push(message),
      warn: (message) => void logged.push(message),
      synchronous,
    },
  );
  const values = manifest.outputs.map(({ id, key, content, encoding }) => {
    if (key === undefined)
      return [id, encoding === 'base64' ? Buffer.from(String(content), 'base64') : content];
    const bytes = stored.get(key)!;
    return [id, encoding === 'json' ? JSON.parse(new TextDecoder().decode(bytes)) : bytes];
  });
  return {
    outputs: Object.fromEntries(values),
    mediaTypes: Object.fromEntries(manifest.outputs.map(({ id, mediaType }) => [id, mediaType])),
    logged,
  };
}
