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
    const keyword = tokens[at++]!.toUpperCase();
    if (nesting > MAXIMUM_NESTING || !/^[A-Z_]/.test(keyword)) return undefined;
    // Words without brackets name directions of axes.
    if (!isOpening(tokens[at])) return { keyword, values: [] };
    const values: (string | number | WktNode)[] = [];
    do {
      at++;
      const token = tokens[at];
      if (token === undefined) return undefined;
      if (token.startsWith('"')) values.push(tokens[at++]!.slice(1));
      else if (/^[-+\d.]/.test(token)) values.push(Number(tokens[at++]));
      else {
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

const nodesOf = ({ values }: WktNode): WktNode[] => values.filter((value) => typeof value === 'object');
const partOf = (node: WktNode, ...keywords: readonly string[]): WktNode | undefined =>
  nodesOf(node).find(({ keyword }) => keywords.includes(keyword));
const nameOf = (node: WktNode | undefined): string => String(node?.values[0] ?? '');
const numberOf = (node: WktNode | undefined, index = 1): number => Number(node?.values[index] ?? Number.NaN);

/** The EPSG code that the text itself ends with (AUTHORITY, in WKT2 ID), of the horizontal part where it has two. */
export function identifierOfWkt(root: WktNode): string | undefined {
  const node = horizontalOf(root);
  const identifier = partOf(node, 'AUTHORITY', 'ID');
  const [authority, code] = identifier?.values ?? [];
  return typeof authority === 'string' && authority.toUpperCase() === 'EPSG' && /^\d+$/.test(String(code))
    ? `EPSG:${code}`
    : undefined;
}

const horizontalOf = (root: WktNode): WktNode =>
  /^(?:COMPD_CS|COMPOUNDCRS)$/.test(root.keyword) ? (nodesOf(root)[0] ?? root) : root;

/** Name of the CRS as far as programs agree on it: letters and digits in lower case. */
export const nameOfWkt = (root: WktNode): string => word(nameOf(horizontalOf(root)));

const digits = (value: number): string => String(Number(value.toPrecision(12)));
const word = (name: string): string => name.replace(/^D_/, '').replace(/\W|_/g, '').toLowerCase();

/**
 * A key that is equal for texts (WKT1) of the same CRS: the datum, the numbers of the ellipsoid, meridian and units
 * to 12 digits, the projection and those of its parameters that are not 0. The names of the CRSs are left out, for
 * programs do not agree on them.
 */
export function canonicalWkt(root: WktNode): string {
  const node = horizontalOf(root);
  const base = node.keyword === 'GEOGCS' ? node : partOf(node, 'GEOGCS');
  if (!base) return node.keyword;
  const datum = partOf(base, 'DATUM');
  const spheroid = datum && partOf(datum, 'SPHEROID');
  const geographic = [
    word(nameOf(datum)),
    digits(numberOf(spheroid)),
    digits(numberOf(spheroid, 2)),
    digits(numberOf(partOf(base, 'PRIMEM'))),
    digits(numberOf(partOf(base, 'UNIT'))),
  ];
  if (node === base) return geographic.join(' ');
  const parameters = nodesOf(node)
    .filter((part) => part.keyword === 'PARAMETER' && numberOf(part) !== 0)
    .map((part) => `${word(nameOf(part))}=${digits(numberOf(part))}`);
  const projection = word(nameOf(partOf(node, 'PROJECTION')));
  const unit = digits(numberOf(partOf(node, 'UNIT')));
  return [...geographic, projection, unit, ...parameters.sort()].join(' ');
}
