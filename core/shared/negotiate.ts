import Negotiator from 'negotiator';
import { readRanges } from './accept-ranges.ts';
import { Kept } from './kept.ts';

/** One blank for many: what comes next looks at each of them from each other one. */
const collapsed = (text: string): string => text.replace(/\s+/g, ' ');

/** Media types without case and blanks around separators, to compare them. */
const normal = (mediaType: string): string =>
  collapsed(mediaType)
    .toLowerCase()
    .replace(/ ?([;=,]) ?/g, '$1')
    .trim();

/**
 * The offered media type that a client likes best (RFC 9110, 12.5.1); the first offered where it likes several
 * equally or does not say; undefined when it likes none. What its ranges mean is decided in `accept-ranges.ts`.
 *
 * A range matches media types with more parameters than it has, so `image/tiff` asks for any GeoTIFF. Of those, the
 * one that the client wrote out comes first.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  return kept.get(`${offered.join()} ${accept}`, () => [choose(accept, offered)])[0];
}

/** What was chosen, which may be nothing: clients have few ways to say what they take. */
const kept = new Kept<readonly [string | undefined]>(128);

function choose(accept: string, offered: readonly string[]): string | undefined {
  const ranges = readRanges(collapsed(accept), offered);
  const written = ranges.map(({ range }) => normal(range));
  const named = (mediaType: string) => written.includes(normal(mediaType));
  const ordered = [...offered.filter(named), ...offered.filter((mediaType) => !named(mediaType))];
  const wanted = ranges.map(({ range, weight }) => `${range};q=${weight}`).join();
  return new Negotiator({ headers: { accept: wanted } }).mediaType(ordered);
}
