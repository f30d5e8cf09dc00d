import { itemAt } from '../../core/shared/item-at.ts';
import type { Warning } from './messages.ts';

/** A warning and the part that it came from. */
type WarningOfPart = Warning & { readonly part: number };

/** What has come of the parts of a work. */
export class Outcome<Result> {
  readonly #results: (Result | undefined)[];
  readonly #isSettled: Uint8Array;
  readonly #sizes: ArrayLike<number>;
  readonly #warnings: WarningOfPart[] = [];
  #failure: { readonly part: number; readonly error: unknown } | undefined;
  #settled = 0;
  #done = 0;
  #wake = () => {};

  readonly #visit: ((result: Result) => void) | undefined;
  #loss: { readonly error: unknown } | undefined;

  /**
   * @param sizes how many features each part has.
   * @param visit sees each result when it comes; what it throws ends the work.
   */
  constructor(sizes: ArrayLike<number>, visit?: (result: Result) => void) {
    this.#sizes = sizes;
    this.#visit = visit;
    this.#results = new Array(sizes.length);
    this.#isSettled = new Uint8Array(sizes.length);
  }

  /** Features that are done. */
  get done(): number {
    return this.#done;
  }

  /** True when nothing is to be waited for: all parts have results, or those before one that failed have. */
  get isComplete(): boolean {
    if (this.#settled === this.#isSettled.length) return true;
    return this.#failure !== undefined && !this.#isSettled.subarray(0, this.#failure.part).includes(0);
  }

  /** @throws what the first part that failed has thrown */
  get results(): Result[] {
    if (this.#failure) throw this.#failure.error;
    return this.#results as Result[];
  }

  /** The warnings in the order of the parts, none twice; of a work that has failed those up to the part that did. */
  get warnings(): Warning[] {
    const first = new Map<string, Warning>();
    const last = this.#failure?.part ?? Number.POSITIVE_INFINITY;
    for (const warning of this.#warnings.toSorted((one, other) => one.part - other.part))
      if (warning.part <= last && !first.has(warning.message)) first.set(warning.message, warning);
    return [...first.values()];
  }

  /** The result of a part has come. */
  settle(part: number, result: Result): void {
    this.#results[part] = result;
    this.#settle(part);
    try {
      this.#visit?.(result);
    } catch (error) {
      this.lose(error);
    }
  }

  /** A part has thrown; that of the first part counts. */
  fail(part: number, error: unknown): void {
    if (!this.#failure || part < this.#failure.part) this.#failure = { part, error };
    this.#settle(part);
  }

  /** A part has warned. */
  warn(warning: WarningOfPart): void {
    this.#warnings.push(warning);
  }

  /** Waits until something has come, or for some milliseconds. */
  change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** The work cannot or should not go on, whatever its parts are. */
  lose(error: unknown): void {
    this.#loss ??= { error };
    this.#wake();
  }

  /** @throws what the work was lost by */
  check(): void {
    if (this.#loss) throw this.#loss.error;
  }

  #settle(part: number): void {
    this.#isSettled[part] = 1;
    this.#settled++;
    this.#done += itemAt(this.#sizes, part);
    this.#wake();
  }
}
