/** A small input that would grow without bounds if nobody computed its size first, and how it has to be answered. */
export interface Bomb {
  readonly name: string;
  readonly process: string;
  /** Inputs, or the text of a whole body where JSON itself is what explodes. */
  readonly inputs?: () => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
  readonly body?: () => Uint8Array | string;
  /** What references lead to, by their href. */
  readonly files?: () => Readonly<Record<string, Uint8Array>>;
  /** Media type of the output `result`. */
  readonly mediaType?: string;
  /** How it is refused; `computed` where it is harmless, because nothing of it is ever unfolded; `either` where only a failure is wrong. */
  readonly answer: Refused | 'computed' | 'either';
}

export interface Refused {
  readonly status: 400 | 413;
  /** What the refusal says. */
  readonly words: RegExp;
}

/** What became of a bomb. */
export type Outcome =
  | { readonly kind: 'computed' }
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string; readonly trapped: boolean }
  | { readonly kind: 'failed'; readonly detail: string };

export const invalid = (words: RegExp): Refused => ({ status: 400, words });
export const tooLarge = (words: RegExp): Refused => ({ status: 413, words });

/** A bomb that is one file, given by reference. */
export function fileBomb(
  name: string,
  {
    process = 'convert-features',
    input = 'features',
    file,
  }: { process?: string; input?: string; file: string },
  make: () => Uint8Array,
  answer: Bomb['answer'],
): Bomb {
  const href = `https://files.invalid/${file}`;
  return {
    name,
    process,
    inputs: () => ({ [input]: { href } }),
    files: () => ({ [href]: make() }),
    answer,
  };
}
