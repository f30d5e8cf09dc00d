import { memorySource } from '../../core/execution/sources.ts';
import type { OpenOptions, Ports } from '../../core/ports.ts';
import type { Source } from '../../core/run/context.ts';
import { ClassLimitExceeded, type LimitExceeded } from '../../core/shared/errors.ts';

/** What of an input counts for a source in the bucket. */
export type StoredOptions = Pick<OpenOptions, 'pointer' | 'mediaType' | 'layer' | 'maximumBytes'>;

/** An object of the bucket, read in ranges. Undefined where there is none. @param what it is, for error messages */
export async function storedSource(
  key: string,
  href: string,
  what: string,
  { pointer, mediaType, layer, maximumBytes = Infinity }: StoredOptions,
  storage: Ports['storage'],
): Promise<Source | undefined> {
  const found = await storage.describe(key);
  if (!found) return undefined;
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
      if (size > maximumBytes) throw tooLarge(what, size, maximumBytes, pointer);
      const object = await storage.get(key);
      if (!object) throw new Error(`The object ${key} was removed while it was read`);
      return object.body;
    },
  };
}

/** Bytes that are at hand already, as a source. @throws LimitExceeded */
export function inlineSource(
  bytes: Uint8Array,
  href: string,
  what: string,
  { pointer, mediaType, layer, maximumBytes = Infinity }: StoredOptions,
): Source {
  if (bytes.length > maximumBytes) throw tooLarge(what, bytes.length, maximumBytes, pointer);
  return {
    ...memorySource(pointer, () => bytes),
    href,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(layer === undefined ? {} : { layer }),
  };
}

const tooLarge = (what: string, size: number, most: number, pointer: string): LimitExceeded =>
  new ClassLimitExceeded(pointer, `The ${what} has ${size} bytes; the process accepts up to ${most}.`);
