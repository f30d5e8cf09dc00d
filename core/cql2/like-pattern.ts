/** One character of a pattern: itself, any one character, or any number of characters. */
type Part = string | typeof ANY | typeof MANY;
const ANY = Symbol('any');
const MANY = Symbol('many');

/**
 * The test of LIKE: `%` stands for any characters, `_` for one, and a backslash before either for itself. It takes
 * no regular expression, whose time may grow without bound with a pattern from a stranger.
 *
 * @param fold what is done to the pattern's own characters, as it was to the text.
 */
export function likePattern(
  pattern: string,
  fold: (text: string) => string = (text) => text,
): (text: string) => boolean {
  const parts = parsePattern(pattern, fold);
  return (text) => matches([...text], parts);
}

function parsePattern(pattern: string, fold: (text: string) => string): Part[] {
  const parts: Part[] = [];
  let isLiteral = false;
  for (const character of pattern) {
    if (isLiteral || !'%_\\'.includes(character)) for (const part of fold(character)) parts.push(part);
    else if (character === '%') parts.push(MANY);
    else if (character === '_') parts.push(ANY);
    isLiteral = !isLiteral && character === '\\';
  }
  // A backslash before nothing stands for itself.
  if (isLiteral) parts.push('\\');
  return parts;
}

/** Walks both once; after a mismatch it goes on from the last `%`, which takes one character more. */
function matches(text: readonly string[], parts: readonly Part[]): boolean {
  let [at, part] = [0, 0];
  let [retryAt, retryPart] = [0, -1];
  while (at < text.length) {
    if (parts[part] === MANY) {
      retryPart = part++;
      retryAt = at;
    } else if (part < parts.length && (parts[part] === ANY || parts[part] === text[at])) {
      part++;
      at++;
    } else if (retryPart >= 0) {
      part = retryPart + 1;
      at = ++retryAt;
    } else return false;
  }
  while (parts[part] === MANY) part++;
  return part === parts.length;
}
