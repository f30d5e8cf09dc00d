import { scriptStrings } from '../../strings/scripts.ts';

/** What an expression may have besides numbers, texts and signs. */
interface Vocabulary {
  /** Words and functions as the form offers them, these with a bracket at the end; a word of two counts as two. */
  readonly offers: readonly string[];
  /** Names of properties; undefined where they are not known, or where names are no properties. */
  readonly names?: readonly string[] | undefined;
}

/** What is looked at: texts and names in quotation marks, words, brackets. */
const part = /'(?:''|\\'|[^'])*'|"(?:""|[^"])*"|[\p{L}_][\p{L}\p{M}\p{N}_:.]*|["'()]|\d[\p{L}\p{N}.]*/gu;

/**
 * What is plainly wrong with an expression, in a sentence; undefined where nothing is. It is cheap enough for every key that is
 * pressed, and knows no grammar: whether the parts stand where they should, the service says.
 */
export function checkExpression(text: string, { offers, names }: Vocabulary): string | undefined {
  const words = new Set(offers.flatMap((offer) => offer.replace('(', '').trim().toUpperCase().split(/\s+/)));
  const open: string[] = [];
  const parts = [...text.matchAll(part)];
  let doubt: string | undefined;
  for (const [index, { 0: found }] of parts.entries()) {
    if (found === '"' || found === "'") return scriptStrings.notClosed(found);
    if (found === '(') open.push(found);
    else if (found === ')' && open.pop() === undefined) return scriptStrings.notOpened;
    else if (found.startsWith('"')) doubt ??= unknownName(found.slice(1, -1).replaceAll('""', '"'), names);
    else if (/^[\p{L}_]/u.test(found))
      doubt ??= unknownWord(found, parts[index + 1]?.[0] === '(', words, names);
  }
  return open.length > 0 ? scriptStrings.bracketsMissing(open.length) : doubt;
}

function unknownWord(
  word: string,
  isCalled: boolean,
  words: ReadonlySet<string>,
  names: readonly string[] | undefined,
): string | undefined {
  if (words.has(word.toUpperCase())) return undefined;
  return isCalled ? scriptStrings.unknownFunction(word) : unknownName(word, names);
}

const unknownName = (name: string, names: readonly string[] | undefined): string | undefined =>
  names === undefined || names.includes(name) ? undefined : scriptStrings.unknownProperty(name);
