import { quote } from '../shared/quote.ts';

/** Encodings of text, which is what it is without any. */
const ofText: readonly string[] = ['utf-8', 'utf8'];

/**
 * What is wrong with the encoding that a value is said to have, or an output is to have: nobody decodes or writes any but
 * base64, so that the bytes would be others than those that are meant.
 *
 * @param encoding as the client gives it; null is none, since some clients write it for what they leave out
 * @param isBytes whether the value can only be bytes, which no text is
 */
export function encodingFault(encoding: unknown, isBytes: boolean): string | undefined {
  if (encoding === undefined || encoding === null) return undefined;
  const name = typeof encoding === 'string' ? encoding.toLowerCase() : undefined;
  if (name === 'base64' || (name !== undefined && ofText.includes(name) && !isBytes)) return undefined;
  return `must be "base64", the only encoding of bytes that is known, but is ${quote(encoding)}. Leave it out for text and JSON.`;
}
