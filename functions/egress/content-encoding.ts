import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { TooManyBytes } from './body.ts';

/** The codings of RFC 9110, 8.4.1, that servers apply to what they keep compressed, whatever is asked for. */
const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** An answer whose bytes are not what its `Content-Encoding` says, or that has one that is not known. */
export class NotDecoded extends Error {
  constructor(encoding: string, cause?: unknown) {
    const reason =
      cause === undefined
        ? 'is not supported; use one of gzip, deflate and br'
        : `cannot be decoded: ${(cause as Error).message}`;
    super(`was sent with the content encoding "${encoding}", which ${reason}.`, { cause });
    this.name = 'NotDecoded';
  }
}

/** `identity` where the answer is sent as it is. */
export const contentEncoding = ({ headers }: IncomingMessage): string =>
  headers['content-encoding']?.trim().toLowerCase() || 'identity';

/**
 * The bytes of a whole answer as they are without their content encoding.
 *
 * @param limit bytes that there may be without it @throws TooManyBytes, NotDecoded
 */
export async function decodeContent(bytes: Uint8Array, encoding: string, limit: number): Promise<Uint8Array> {
  if (encoding === 'identity') return bytes;
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding as keyof typeof decoders] : undefined;
  if (decode === undefined) throw new NotDecoded(encoding);
  try {
    return await decode(bytes, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooManyBytes();
    throw new NotDecoded(encoding, error);
  }
}
