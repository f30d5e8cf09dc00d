import { createHash } from 'node:crypto';
import { parseEssence } from '../shared/media-type.ts';

export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Writes a multipart/related message (RFC 2387). The boundary follows from the content, so that it is repeatable. */
export function multipart(parts: readonly Part[]): {
  readonly contentType: string;
  readonly body: Uint8Array;
} {
  const boundary = boundaryFor(parts);
  const chunks = parts.flatMap(({ headers, body }) => [
    Buffer.from(`--${boundary}\r\n${headerLines(headers)}\r\n`),
    Buffer.from(body.buffer, body.byteOffset, body.byteLength),
    Buffer.from('\r\n'),
  ]);
  // The root is the first part where no parameter `start` names another; `type` has no parameters of its own.
  const root = parseEssence(parts[0]?.headers['Content-Type'] ?? 'text/plain');
  return {
    contentType: `multipart/related; boundary=${boundary}; type="${root}"`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

const headerLines = (headers: Part['headers']): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

function boundaryFor(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const { headers, body } of parts) hash.update(headerLines(headers)).update(body);
  return `results-${hash.digest('hex').slice(0, 32)}`;
}
