import { FormatError } from '../../../core/shared/format-error.ts';

/**
 * The text of a file.
 *
 * @param encoding label of the WHATWG Encoding Standard.
 * @throws Error when the bytes are not text in that encoding.
 */
export function decodeText(bytes: Uint8Array, encoding = 'utf-8'): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError(`it is not ${encoding.toUpperCase()} text.`);
  }
}

/** The text of a file that names no encoding: UTF-8, or what most other files of their time and place are, which is told. */
export function guessText(bytes: Uint8Array): { readonly text: string; readonly remarks: readonly string[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), remarks: [] };
  } catch {
    if (bytes.includes(0)) throw new FormatError('it is not UTF-8 text.');
    const guess = 'The text was read as Windows-1252, because it is not UTF-8. Write it as UTF-8.';
    return { text: new TextDecoder('windows-1252').decode(bytes), remarks: [guess] };
  }
}

const CHUNK = 1_000_000;

/** The UTF-8 bytes of many texts; one string of a large layer would exceed the longest string of the engine. */
export function encodeTexts(texts: Iterable<string>): Uint8Array {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let waiting = '';
  for (const text of texts) {
    waiting += text;
    if (waiting.length < CHUNK) continue;
    chunks.push(encoder.encode(waiting));
    waiting = '';
  }
  chunks.push(encoder.encode(waiting));
  return Buffer.concat(chunks);
}
