import type { Open } from '../../core/execution/sources.ts';
import type { Client } from '../../core/execution/worker-task.ts';
import { collectionInput } from '../../core/features/collection-input.ts';
import { resultIn } from '../../core/jobs/result-href.ts';
import type { Ports } from '../../core/ports.ts';
import type { Limits, RunContext, Source } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { uploadIn, uploadKey } from '../../core/uploads/upload.ts';
import { openCollection } from './features/open-collection.ts';
import { openResult } from './open-result.ts';
import { type StoredOptions, storedSource } from './stored-source.ts';

/** For which process an input is opened, within which bounds. */
export interface Opening {
  readonly processID: string;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** True when the client waits: there is less time for a server that fails. */
  readonly synchronous: boolean;
  readonly warn: RunContext['warn'];
}

/** Seconds that may be lost with a server that fails, before the client or the job is told. */
const RETRY_SECONDS = { synchronous: 8, asynchronous: 120 } as const;

/**
 * Opens what an input refers to: a collection of features, an upload or a result of the client straight from the bucket,
 * or anything else by the guarded way out.
 */
export function openInput(
  reference: Parameters<Open>[0],
  { processID, limits, signal, synchronous, warn }: Opening,
  client: Client,
  ports: Pick<Ports, 'egress' | 'jobs' | 'storage'>,
): Promise<Source> {
  const retrySeconds = RETRY_SECONDS[synchronous ? 'synchronous' : 'asynchronous'];
  if (reference.kind === 'collection') {
    const { members, pointer } = reference;
    return openCollection(
      { input: collectionInput(members), pointer, processID, limits, signal, retrySeconds, warn },
      client,
      ports,
    );
  }
  const own = openOwn(reference, limits, client, ports);
  if (own) return own;
  const { href, ...known } = reference;
  return ports.egress.open(href, { ...withMaximum(known, limits), signal, retrySeconds });
}

/** Opens an upload or a result of the client; undefined for a reference that leads elsewhere. @throws InvalidInput where there is none */
export function openOwn(
  { href, ...known }: Extract<Parameters<Open>[0], { kind: 'reference' }>,
  limits: Limits,
  { baseUrl, owner }: Pick<Client, 'baseUrl' | 'owner'>,
  ports: Pick<Ports, 'jobs' | 'storage'>,
): Promise<Source> | undefined {
  const options = withMaximum(known, limits);
  const id = uploadIn(href, baseUrl);
  if (id !== undefined) return openUpload(href, uploadKey(owner, id), options, ports.storage);
  const result = resultIn(href, baseUrl);
  return result && openResult(href, result, options, owner, ports);
}

const withMaximum = <T extends object>(
  known: T,
  { referencedBytes }: Limits,
): T & { maximumBytes?: number } => ({
  ...known,
  ...(referencedBytes === undefined ? {} : { maximumBytes: referencedBytes }),
});

async function openUpload(
  href: string,
  key: string,
  options: StoredOptions,
  storage: Ports['storage'],
): Promise<Source> {
  const source = await storedSource(key, href, 'upload', options, storage);
  if (source) return source;
  const detail = `"${href}" is not one of your uploads, has not been uploaded yet, or has expired. POST /uploads creates a new one.`;
  throw new InvalidInput(options.pointer, detail);
}
