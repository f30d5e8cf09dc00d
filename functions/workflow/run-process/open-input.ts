import { InvalidInput, LimitExceeded } from '../../../core/errors.ts';
import type { OpenOptions, Ports } from '../../../core/ports.ts';
import type { Source } from '../../../core/processes/declaration.ts';
import { uploadIn, uploadKey } from '../../../core/uploads/upload.ts';

/** On whose behalf a process runs: whose uploads it may read, and what the service's own addresses start with. */
export interface Client {
  readonly owner: string;
  readonly baseUrl: string;
}

/** Opens what an input refers to: an upload of the client straight from the bucket, anything else by the guarded way out. */
export function openInput(
  href: string,
  options: OpenOptions,
  { owner, baseUrl }: Client,
  ports: Pick<Ports, 'egress' | 'storage'>,
): Promise<Source> {
  const id = uploadIn(href, baseUrl);
  return id === undefined
    ? ports.egress.open(href, options)
    : openUpload(href, uploadKey(owner, id), options, ports.storage);
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
