/** Well-known text that was pasted, as a request has it: a table of one column. */
export interface PastedWkt {
  readonly value: string;
  readonly mediaType: 'text/csv';
}

const HEAD = 'WKT\n';

/** The table of pasted lines; a line that goes on with no letter belongs to the one before. */
export function pasteWkt(text: string): PastedWkt {
  const lines = text
    .split(/\r?\n(?=\s*[A-Z])/i)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const value = HEAD + lines.map((line) => `"${line.replaceAll('"', '""')}"`).join('\n');
  return { value, mediaType: 'text/csv' };
}

/** The geometries of such a table as WKT; undefined for every other value. */
export function pastedGeometries(input: unknown): readonly string[] | undefined {
  const { value, mediaType } = (input ?? {}) as Readonly<Record<string, unknown>>;
  if (mediaType !== 'text/csv' || typeof value !== 'string' || !value.startsWith(`${HEAD}"`))
    return undefined;
  return value
    .slice(HEAD.length)
    .split(/\n(?=")/)
    .map((line) => line.trim().slice(1, -1).replaceAll('""', '"'));
}
