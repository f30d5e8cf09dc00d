import { ANSWER_BYTES } from '../../core/shared/answer-size.ts';
import { rawJson } from '../../core/shared/exact-json.ts';
import { Kept } from '../../core/shared/kept.ts';

/** Left for the headers of an answer. */
const MARGIN_BYTES = 64 * 1024;

/** Texts that are answered again and again; undefined for those that may not fit into an answer. */
const texts = new Kept<readonly [string | undefined]>(32);
const ofBytes = new WeakMap<Uint8Array, string>();
const characters = new WeakMap<object, number>();

/**
 * A text that is the same for everybody, as it stands in JSON: `JSON.stringify`, with which Lambda writes what a handler
 * returns, copies it, where escaping a long text takes longer than everything else of an answer. Undefined where it may not
 * fit into one.
 */
export const keptText = (text: string): string | undefined => texts.get(text, () => [write(text)])[0];

/** Keeps bytes that are the same for everybody as they stand in JSON, in base64, as long as there are the bytes. @returns them */
export function keepBytes(bytes: Uint8Array): Uint8Array {
  const written = write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'));
  if (written !== undefined) ofBytes.set(bytes, written);
  return bytes;
}

/** What was kept of bytes. */
export const keptBytes = (bytes: Uint8Array): string | undefined => ofBytes.get(bytes);

/** Characters of the body of a result, kept or not. */
export const countCharacters = (body: string): number =>
  typeof body === 'string' ? body.length : (characters.get(body) ?? 0);

/** What types take for a string, as nothing but `JSON.stringify` reads it. */
function write(text: string): string | undefined {
  // Of single bytes: with one character beyond Latin-1, such as a dash, a string takes two for each, and twice the time.
  const json = JSON.stringify(text).replace(/[\u0100-\uffff]/g, escapeCharacter);
  if (Buffer.byteLength(json) > ANSWER_BYTES - MARGIN_BYTES) return undefined;
  const written = rawJson(json) as object;
  characters.set(written, text.length);
  return written as unknown as string;
}

const escapeCharacter = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
