/** A part of the well-known text of a CRS: `KEYWORD["name", 1.5, PART[...]]`. */
export interface WktNode {
  readonly keyword: string;
  readonly values: readonly (string | number | WktNode)[];
}

const TOKEN = /\s*(?:"((?:[^"]|"")*)"|([-+]?[\d.][\d.e+-]*)|([a-z_][\w]*)|([[\](),]))/iy;
const MAXIMUM_NESTING = 20;

/** Takes the well-known text of a CRS apart (WKT1 and WKT2); undefined where it is none. */
export function parsedWkt(text: string): WktNode | undefined {
  TOKEN.lastIndex = 0;
  const tokens: string[] = [];
  while (TOKEN.lastIndex < text.length) {
    const start = TOKEN.lastIndex;
    const [, name, number, word, mark] = TOKEN.exec(text) ?? [];
    const token = name === undefined ? (number ?? word ?? mark) : `"${name.replaceAll('""', '"')}`;
    if (token === undefined) return text.slice(start).trim() === '' ? tree(tokens) : undefined;
    tokens.push(token);
  }
  return tree(tokens);
}

function tree(tokens: readonly string[]): WktNode | undefined {
  let at = 0;
  function node(nesting: number): WktNode | undefined {
    const keyword = (tokens[at++] ?? '').toUpperCase();
    if (nesting > MAXIMUM_NESTING || !/^[A-Z_]/.test(keyword)) return undefined;
    // Words without brackets name directions of axes.
    if (!isOpening(tokens[at])) return { keyword, values: [] };
    const values: (string | number | WktNode)[] = [];
    do {
      at++;
      const token = tokens[at];
      if (token === undefined) return undefined;
      if (token.startsWith('"')) {
        values.push(token.slice(1));
        at++;
      } else if (/^[-+\d.]/.test(token)) {
        values.push(Number(token));
        at++;
      } else {
        const part = node(nesting + 1);
        if (!part) return undefined;
        values.push(part);
      }
    } while (tokens[at] === ',');
    return /^[\])]$/.test(tokens[at++] ?? '') ? { keyword, values } : undefined;
  }
  const root = tokens.length > 0 ? node(0) : undefined;
  return at === tokens.length ? root : undefined;
}

const isOpening = (token: string | undefined): boolean => token === '[' || token === '(';

/** The parts of a node that have a keyword themselves. */
export const childNodes = ({ values }: WktNode): WktNode[] =>
  values.filter((value) => typeof value === 'object');

/** The first part with one of the keywords. */
export const findNode = (node: WktNode, ...keywords: readonly string[]): WktNode | undefined =>
  childNodes(node).find(({ keyword }) => keywords.includes(keyword));

/** The name of a node, its first value; empty where there is none. */
export const readNodeName = (node: WktNode | undefined): string => String(node?.values[0] ?? '');

/** A number of a part; not a number where there is none. */
export const readNodeNumber = (node: WktNode | undefined, index = 1): number => {
  const value = node?.values[index];
  // Some programs write numbers in quotes.
  return typeof value === 'object' || value === undefined ? Number.NaN : Number(value);
};
