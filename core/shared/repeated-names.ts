import { pointerSegment } from './json.ts';

const [QUOTE, COMMA, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'",\\[]{}'].map(
  (sign) => sign.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** An array or object that is open, and what it has had so far. */
interface Level {
  /** Names of an object; absent of an array. */
  readonly names?: Set<string>;
  /** Of the member or element that is being read. */
  segment: string;
  elements: number;
  expectsName: boolean;
}

/**
 * The first member of an object whose name was there before, as a JSON pointer: the grammar of JSON allows it, what readers make of it
 * differs, and of what was meant one value would be lost (RFC 8259, 4; I-JSON, RFC 7493, 2.3, forbids it).
 *
 * @param bytes JSON in UTF-8 that can be parsed
 * @param levels how many arrays and objects inside each other are looked at, the outermost included: deeper ones are read on
 */
export function findRepeatedName(bytes: Uint8Array, levels: number): string | undefined {
  const open: Level[] = [];
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      const level = depth <= levels ? open[depth - 1] : undefined;
      if (level?.names && level.expectsName) {
        const name = readString(bytes.subarray(at, end + 1));
        level.segment = pointerSegment(name);
        level.expectsName = false;
        if (level.names.has(name)) return pointerTo(open.slice(0, depth));
        level.names.add(name);
      }
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth++;
      if (depth <= levels) open[depth - 1] = openLevel(byte === OPEN_OBJECT);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    else if (byte === COMMA && depth <= levels) goOn(open[depth - 1]);
  }
  return undefined;
}

const openLevel = (isObject: boolean): Level => ({
  ...(isObject ? { names: new Set<string>() } : {}),
  segment: '0',
  elements: 0,
  expectsName: isObject,
});

function goOn(level: Level | undefined): void {
  if (level === undefined) return;
  level.expectsName = level.names !== undefined;
  level.elements++;
  level.segment = String(level.elements);
}

const pointerTo = (levels: readonly Level[]): string => levels.map(({ segment }) => `/${segment}`).join('');

const readString = (bytes: Uint8Array): string => JSON.parse(new TextDecoder().decode(bytes)) as string;

/** Place of the quote that ends a string. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
