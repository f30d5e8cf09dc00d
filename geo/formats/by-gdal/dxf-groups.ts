/** A group of a drawing that is text: a line with its code and one with its value. */
export interface Group {
  /** Not a number where the line is none. */
  readonly code: number;
  readonly value: string;
  /** Where it begins in the text, and where the next one does. */
  readonly from: number;
  readonly to: number;
}

/** The groups of a drawing, up to its end. */
export function* groupsOf(text: string): Generator<Group> {
  const endOfLine = (start: number): number => {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  };
  for (let from = 0; from < text.length; ) {
    const middle = endOfLine(from);
    const end = endOfLine(middle + 1);
    const to = Math.min(end + 1, text.length);
    const code = text.slice(from, middle).trim();
    const value = text.slice(middle + 1, end).trim();
    yield { code: code === '' ? Number.NaN : Number(code), value, from, to };
    if (code === '0' && value === 'EOF') return;
    from = to;
  }
}
