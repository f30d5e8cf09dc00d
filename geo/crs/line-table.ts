/** Lookups after which a table is taken apart: until then a search in its text is faster. */
const SEARCHES = 20;

/** A table in a text, a line for each entry: its key, a space and its value. Nothing of it is parsed before it is needed. */
export class LineTable {
  readonly #text: string;
  #entries: ReadonlyMap<string, string> | undefined;
  #searches = 0;

  /** @param text with a line break before the first and after the last line */
  constructor(text: string) {
    this.#text = text;
  }

  /** The value of a key; undefined if the table does not have it. */
  get(key: string | number): string | undefined {
    if (this.#entries || ++this.#searches > SEARCHES) return this.entries.get(String(key));
    const start = this.#text.indexOf(`\n${key} `);
    if (start < 0) return undefined;
    const value = start + String(key).length + 2;
    return this.#text.slice(value, this.#text.indexOf('\n', value));
  }

  get entries(): ReadonlyMap<string, string> {
    this.#entries ??= new Map(
      this.#text
        .trim()
        .split('\n')
        .map((line) => {
          const end = line.indexOf(' ');
          return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
        }),
    );
    return this.#entries;
  }
}
