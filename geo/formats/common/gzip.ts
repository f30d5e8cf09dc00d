import { gunzipSync } from 'node:zlib';
import { REFERENCED_BYTES, type RunContext, type Source } from '../../../core/run/context.ts';
import { ClassLimitExceeded, InvalidInput } from '../../../core/shared/errors.ts';

/** Media types that say how a file is packed, and nothing of what it is. */
const packedTypes = /^application\/(?:x-)?gzip\b/i;

/**
 * The source of a file that is packed with gzip (RFC 1952), unpacked; undefined of others. Servers send files so
 * without saying it, and archives keep them so.
 *
 * @throws LimitExceeded where it would be larger than the process takes, InvalidInput where it is damaged
 */
export function unpackedSource(
  source: Source,
  bytes: Uint8Array,
  { limits }: RunContext,
): Source | undefined {
  if (!isPacked(bytes)) return undefined;
  const limit = limits.referencedBytes ?? REFERENCED_BYTES;
  const content = unpacked(bytes, limit, source.pointer);
  // There are files that unpack to themselves.
  if (isPacked(content)) throw new InvalidInput(source.pointer, 'is compressed with gzip more than once.');
  const { mediaType, href, ...others } = source;
  return {
    ...others,
    ...(mediaType === undefined || packedTypes.test(mediaType) ? {} : { mediaType }),
    ...(href === undefined ? {} : { href: href.replace(/\.gz(?=$|[?#])/i, '') }),
    size: async () => content.length,
    read: async (offset, length) => content.subarray(offset, offset + length),
    bytes: async () => content,
  };
}

const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function unpacked(bytes: Uint8Array, limit: number, pointer: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new ClassLimitExceeded(
        pointer,
        `The file has more than ${limit} bytes when uncompressed, which is the limit of the process.`,
      );
    throw new InvalidInput(pointer, `cannot be decompressed as gzip: ${(cause as Error).message}.`, cause);
  }
}
