import type { Result } from '../support/product.ts';

/**
 * Messages of the language itself: a refusal with one of them is a fault of a reader that stumbled, told as one of the file.
 * Sentences about the file are welcome to be about anything else.
 */
const ofTheLanguage =
  /is not a function|is not iterable|of undefined|of null|is not defined|Cannot (?:read|mix|convert|set)|call stack|allocation failed|Invalid (?:typed )?array|Invalid DataView|out of bounds|outside the bounds|out of range|offset is out|must be a multiple|not an object|source array|Invalid array buffer|BigInt|\[object/i;

/** What is wrong with how a damaged file was taken; undefined where it was read, or refused with a reason. */
export function catchFault(result: Result): string | undefined {
  if (result.kind === 'failed') return `fails: ${result.detail.split('\n').slice(0, 4).join(' | ')}`;
  if (result.kind === 'done') return undefined;
  if (result.status < 400 || result.status > 499) return `status ${result.status}: ${result.detail}`;
  const sentence = result.detail.slice(0, 300);
  return ofTheLanguage.test(sentence) ? `stumbles: ${sentence}` : undefined;
}
