/** Why a filter cannot be taken: what is wrong, and where in the text. */
export class FilterError extends Error {
  /** Characters before the place; undefined for filters that are JSON. */
  readonly offset: number | undefined;

  constructor(message: string, offset: number | undefined) {
    super(message);
    this.offset = offset;
  }
}

/** The smallest parts of CQL2 text. */
export interface Token {
  /** `name` is a property in double quotes; a `word` may be a keyword, a property or a function. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end';
  /** Without quotes; words as they are written. */
  readonly value: string;
  readonly offset: number;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y],
  ['word', /[\p{L}\p{Nl}_:][\p{L}\p{M}\p{N}_:.\u203f\u2040]*/uy],
  ['name', /"(?:""|[^"])+"/y],
  ['text', /'(?:''|\\'|[^'])*'/y],
  ['sign', /<>|<=|>=|[-<>=+*/(),]/y],
];

/** Takes CQL2 text (OGC 21-065) apart. The last token is the `end`. @throws FilterError */
export function tokenizeCql2(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const found = firstMatch(text, offset);
    if (found === undefined) throw new FilterError(unknownCharacter(text, offset), offset);
    const { kind, source } = found;
    if (kind !== 'space') tokens.push({ kind, value: unquoted(kind, source), offset });
    offset += source.length;
  }
  tokens.push({ kind: 'end', value: '', offset });
  return tokens;
}

function firstMatch(text: string, offset: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) return { kind, source };
  }
  return undefined;
}

function unquoted(kind: Token['kind'], source: string): string {
  if (kind === 'text') return source.slice(1, -1).replace(/''|\\'/g, "'");
  return kind === 'name' ? source.slice(1, -1).replaceAll('""', '"') : source;
}

function unknownCharacter(text: string, offset: number): string {
  const character = text[offset];
  if (character === "'" || character === '"') return `the quotation mark ${character} is not closed.`;
  const shown = JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 0));
  return `${shown} has no meaning in CQL2.`;
}
