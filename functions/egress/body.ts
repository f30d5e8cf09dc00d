import type { IncomingMessage } from 'node:http';

/** More came than may be read. */
export class TooManyBytes extends Error {
  /** Bytes of the whole, where the server says so. */
  readonly size: number | undefined;

  constructor(size?: number) {
    super('More bytes than may be read');
    this.name = 'TooManyBytes';
    this.size = size;
  }
}

/** The number in `Content-Length`, if there is one. */
function readContentLength({ headers }: IncomingMessage): number | undefined {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** All bytes of an answer. @throws TooManyBytes as soon as it is clear that there are more than the limit */
export async function readResponseBody(response: IncomingMessage, limit: number): Promise<Uint8Array> {
  const length = readContentLength(response);
  if (length !== undefined && length > limit) {
    response.destroy();
    throw new TooManyBytes(length);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the answer and its connection.
    if (size > limit) throw new TooManyBytes();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** First and last byte and size of what a 206 answer brings; undefined when it does not say. */
export function parseContentRange({ headers }: IncomingMessage) {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  if (!match) return undefined;
  const [, first, last, size] = match;
  return { first: Number(first), last: Number(last), size: size === '*' ? undefined : Number(size) };
}
