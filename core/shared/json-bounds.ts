/** Values that JSON text may have for each vertex that a process takes: its numbers, and the arrays around them. */
const VALUES_PER_VERTEX = 8;
/** Values that are never too many. */
const FEWEST = 4_000_000;

/**
 * Values in JSON text up to which it is parsed: three bytes of `{},` become some sixty in memory, so that its length
 * alone says little.
 *
 * @param vertices that the process takes; absent: any number
 */
export const mostJsonValues = (vertices: number | undefined): number =>
  Math.max(FEWEST, VALUES_PER_VERTEX * (vertices ?? Infinity));

const [QUOTE, COMMA, BACKSLASH, BRACKET, BRACE] = [...'",\\[{'].map((sign) => sign.charCodeAt(0));

/**
 * About how many values UTF-8 text of JSON has, without parsing it: one for each that opens, and one for each comma.
 *
 * @param most where counting ends
 */
export function countJsonValues(bytes: Uint8Array, most = Infinity): number {
  let values = 1;
  for (let at = 0; at < bytes.length && values <= most; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA || byte === BRACKET || byte === BRACE) values++;
  }
  return values;
}

/** Place of the quote that ends a string, or the end of the text. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(QUOTE as number, start + 1);
  while (at !== -1) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
    at = bytes.indexOf(QUOTE as number, at + 1);
  }
  return bytes.length;
}
