import Negotiator from 'negotiator';
import { Kept } from './kept.ts';

/** One blank for many: what comes next looks at each of them from each other one. */
const collapsed = (text: string): string => text.replace(/\s+/g, ' ');

/** Media types without case and blanks around separators, to compare them. */
const normal = (mediaType: string): string =>
  collapsed(mediaType)
    .toLowerCase()
    .replace(/ ?([;=,]) ?/g, '$1')
    .trim();

/** What many clients add to every range. All text here is UTF-8, and no media type that is offered says so. */
const utf8 = /;\s*charset\s*=\s*"?utf-?8"?(?=\s*(?:[;,]|$))/gi;

/**
 * The offered media type that a client likes best (RFC 9110, 12.5.1); the first offered where it likes several
 * equally or does not say; undefined when it likes none.
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
  const wanted = collapsed(accept).replace(utf8, '');
  const ranges = normal(wanted)
    .split(',')
    .map((range) => range.replace(/;q=[\d.]*$/, ''));
  const named = (mediaType: string) => ranges.includes(normal(mediaType));
  const ordered = [...offered.filter(named), ...offered.filter((mediaType) => !named(mediaType))];
  return new Negotiator({ headers: { accept: wanted } }).mediaType(ordered);
}
