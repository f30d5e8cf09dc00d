import type { Open } from '../../core/execution/sources.ts';
import type { Client } from '../../core/execution/worker-task.ts';
import { collectionInput } from '../../core/features/collection-input.ts';
import type { OpenOptions, Ports } from '../../core/ports.ts';
import type { Limits, Source } from '../../core/run/context.ts';
import { InvalidInput, LimitExceeded } from '../../core/shared/errors.ts';
import { uploadIn, uploadKey } from '../../core/uploads/upload.ts';
import { openCollection } from './features/open-collection.ts';

/** For which process an input is opened, within which bounds. */
export interface Opening {
  readonly processID: string;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/**
 * Opens what an input refers to: a collection of features, an upload of the client straight from the bucket, or
 * anything else by the guarded way out.
 */
export function openInput(
  reference: Parameters<Open>[0],
  { processID, limits, signal }: Opening,
  client: Client,
  ports: Pick<Ports, 'egress' | 'jobs' | 'storage'>,
): Promise<Source> {
  if (reference.kind === 'collection') {
    const { members, pointer } = reference;
    return openCollection(
      { input: collectionInput(members), pointer, processID, limits, signal },
      client,
      ports,
    );
  }
  const { href, ...known } = reference;
  const maximumBytes = limits.referencedBytes;
  const options = { ...known, signal, ...(maximumBytes === undefined ? {} : { maximumBytes }) };
  const id = uploadIn(href, client.baseUrl);
  if (id === undefined) return ports.egress.open(href, options);
  return openUpload(href, uploadKey(client.owner, id), options, ports.storage);
}

async function openUpload(
  href: string,
  key: string,
  { pointer, mediaType, layer, maximumBytes = Infinity }: OpenOptions,
  storage: Ports['storage'],
): Promise<Source> {
  const found = await storage.describe(key);
  if (!found) {
    const detail = `"${href}" is no upload of yours, was not sent yet, or has expired. POST /uploads makes one.`;
    throw new InvalidInput(pointer, detail);
  }
  const { size, mediaType: stored } = found;
  return {
    pointer,
    href,
    mediaType: mediaType ?? stored,
    ...(layer === undefined ? {} : { layer }),
    size: async () => size,
    read: async (offset, length) =>
      offset >= size || length <= 0
        ? new Uint8Array()
        : storage.range(key, offset, Math.min(length, size - offset)),
    bytes: async () => {
      if (size <= maximumBytes) return (await storage.get(key))?.body ?? new Uint8Array();
      throw new LimitExceeded(
        pointer,
        `The upload has ${size} bytes; the process takes up to ${maximumBytes}.`,
      );
    },
  };
}
