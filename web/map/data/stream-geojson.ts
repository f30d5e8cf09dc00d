import { nextTask } from '../shared/slices.ts';

/** Bytes of features that are parsed at once: some ten milliseconds of work. */
const BATCH = 256 * 1024;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads a GeoJSON document piece by piece, so that the page answers the person in between: of a collection, features are parsed
 * some at a time, as they arrive. Other documents are parsed as a whole.
 *
 * @throws SyntaxError for what is no JSON
 */
export async function parseInPieces(stream: ReadableStream<Uint8Array>): Promise<unknown> {
  const splitter = new FeatureSplitter();
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (let start = 0; start < value.length; start += BATCH) {
      splitter.take(value.subarray(start, start + BATCH));
      await nextTask();
    }
  }
  return splitter.finish();
}

/** Cuts a document at the features of its list `features`, and keeps what stands around that. */
class FeatureSplitter {
  readonly #features: unknown[] = [];
  /** What is no feature, and the features that are not parsed yet. */
  readonly #rest = new Bytes();
  readonly #batch = new Bytes();
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  /** Characters of the last text of the outermost object, which may be the name of a member. */
  #name = '';
  #isInFeatures = false;
  #hasFeatures = false;

  take(bytes: Uint8Array): void {
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#isInText) {
        this.#readText(byte);
        continue;
      }
      if (byte === QUOTE) {
        this.#isInText = true;
        this.#name = '';
      } else if (byte === OPEN || byte === OPEN_LIST) {
        this.#depth++;
        if (this.#isListOfFeatures(byte)) {
          this.#rest.add(bytes.subarray(start, at + 1));
          start = at + 1;
          this.#isInFeatures = true;
          this.#hasFeatures = true;
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        this.#depth--;
        if (this.#isInFeatures && this.#depth === 1) {
          this.#batch.add(bytes.subarray(start, at));
          start = at;
          this.#parse();
          this.#isInFeatures = false;
        }
      } else if (
        byte === COMMA &&
        this.#isInFeatures &&
        this.#depth === 2 &&
        this.#batch.length + at - start > BATCH
      ) {
        this.#batch.add(bytes.subarray(start, at));
        start = at + 1;
        this.#parse();
      }
    }
    (this.#isInFeatures ? this.#batch : this.#rest).add(bytes.subarray(start));
  }

  finish(): unknown {
    // A list that does not end is no JSON, and what stands around it says so.
    const document = JSON.parse(this.#rest.text()) as { features?: unknown };
    if (this.#hasFeatures && Array.isArray(document.features) && document.features.length === 0)
      document.features = this.#features;
    return document;
  }

  #readText(byte: number): void {
    if (byte === QUOTE && !this.#isEscaped) {
      this.#isInText = false;
      return;
    }
    this.#isEscaped = byte === BACKSLASH && !this.#isEscaped;
    // Longer names are others in any case.
    if (this.#depth === 1 && this.#name.length < 16) this.#name += String.fromCharCode(byte);
  }

  #isListOfFeatures(byte: number): boolean {
    return byte === OPEN_LIST && this.#depth === 2 && this.#name === 'features' && !this.#hasFeatures;
  }

  #parse(): void {
    const text = this.#batch.text();
    if (text.trim() === '') return;
    for (const feature of JSON.parse(`[${text}]`) as unknown[]) this.#features.push(feature);
  }
}

/** Bytes that come in pieces. */
class Bytes {
  #pieces: Uint8Array[] = [];
  length = 0;

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece.slice());
    this.length += piece.length;
  }

  /** All of them as text; there are none afterwards. */
  text(): string {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.#pieces = [];
    this.length = 0;
    return new TextDecoder().decode(whole);
  }
}
