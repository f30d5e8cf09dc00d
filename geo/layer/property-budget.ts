import { REFERENCED_BYTES, type RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import type { Properties } from './layer.ts';

/** Characters of a member of a JSON object beside its name and value: quotes, colon and comma. */
const PUNCTUATION = 4;
/** Characters of a number, which has up to 17 digits, on average. */
const NUMBER = 8;
/** Characters of a date and time in ISO 8601. */
const DATE = 24;

/**
 * About as many bytes as properties have as JSON: what a result takes for each row that repeats them.
 *
 * @param prefix characters of what is put before each name
 */
export function measureProperties(properties: Properties, prefix = 0): number {
  let bytes = 2;
  for (const name in properties) bytes += prefix + name.length + PUNCTUATION + measureValue(properties[name]);
  return bytes;
}

function measureValue(value: unknown): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return NUMBER;
  if (value instanceof Date) return DATE;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 2;
  for (const [name, member] of Object.entries(value))
    bytes += name.length + PUNCTUATION + measureValue(member);
  return bytes;
}

/**
 * Bounds the properties of a result whose rows repeat those of the inputs. A few long texts that are repeated for
 * thousands of rows take no memory as long as the rows share them, but all of it when the result is written.
 */
export class PropertyBudget {
  readonly #most: number;
  readonly #pointer: string;
  #left: number;

  /** @param pointer of the input that makes the rows, for the error. */
  constructor({ limits }: Pick<RunContext, 'limits'>, pointer: string) {
    this.#most = this.#left = limits.referencedBytes ?? REFERENCED_BYTES;
    this.#pointer = pointer;
  }

  /** Counts rows with so many bytes of properties each. @throws LimitExceeded */
  count(rows: number, bytes: number): void {
    this.#left -= rows * bytes;
    if (this.#left >= 0) return;
    throw new ClassLimitExceeded(
      this.#pointer,
      `The result would have more than ${this.#most} bytes of properties, which is the limit of the process: each of its rows repeats those of the features that it comes from. Leave out long properties, or send the layers in parts.`,
    );
  }

  /** Counts rows of the features of a layer by their positions; each feature is looked at once. @param prefix of names */
  ofFeatures(
    features: number,
    propertiesAt: (position: number) => Properties,
    prefix = '',
  ): (position: number, rows?: number) => void {
    const known = new Float64Array(features);
    return (position, rows = 1) => {
      let bytes = known[position] ?? 0;
      // Properties without members have two.
      if (bytes === 0) {
        bytes = measureProperties(propertiesAt(position), prefix.length);
        known[position] = bytes;
      }
      this.count(rows, bytes);
    };
  }
}
