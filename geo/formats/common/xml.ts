import { listed, quote } from '../../../core/shared/quote.ts';
import type { LayerFeature } from '../../layer/layer.ts';
import type { TextColumn } from './columns.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot have
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The same with U+FFFD for what XML 1.0 cannot have. */
export const writableText = (text: string): string =>
  text.replace(new RegExp(UNWRITABLE, 'g'), '\ufffd').toWellFormed();

/** Text for XML 1.0; characters that it cannot have become U+FFFD, and those that it would change references. */
export const escapedText = (text: string): string =>
  writableText(text)
    .replace(/[&<>"]/g, (character) => entities[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/** XML has no place for most control characters. */
export function describeUnwritable(
  columns: readonly TextColumn[],
  features: readonly LayerFeature[],
): string[] {
  const found = columns.filter(
    ({ name, type, read }) =>
      UNWRITABLE.test(name) ||
      (type === 'string' && features.some((feature) => UNWRITABLE.test(String(read(feature) ?? '')))),
  );
  const names = listed(
    found.map(({ name }) => quote(name)),
    10,
  );
  return found.length === 0
    ? []
    : [`Control characters, which XML cannot hold, became "\ufffd" in names or values of ${names}.`];
}

/** Letters that names of elements may have in all editions of XML 1.0: those of the fourth, which parsers know, without rare ones. */
const LETTERS =
  'A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u0131\\u0388-\\u038a\\u038e-\\u03a1\\u03a3-\\u03ce\\u0401-\\u040c\\u040e-\\u044f\\u0451-\\u045c\\u05d0-\\u05ea\\u0621-\\u063a\\u0641-\\u064a\\u3041-\\u3094\\u30a1-\\u30fa\\u4e00-\\u9fa5\\uac00-\\ud7a3';
const NOT_IN_NAMES = new RegExp(`[^${LETTERS}0-9.-]`, 'gu');
const NOT_A_START = new RegExp(`^(?=[^${LETTERS}]|$|xml)`, 'iu');

/** A name of an element for a property: what no such name may have is an underscore. */
export const elementName = (name: string): string =>
  name.replaceAll(NOT_IN_NAMES, '_').replace(NOT_A_START, '_');
