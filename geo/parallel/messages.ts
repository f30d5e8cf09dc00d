import type { Details, Limits } from '../../core/run/context.ts';
import type { encodeError } from './errors.ts';

/** What a helper does for others. */
export interface HelperSide {
  /** Takes parts of a work until none is left. */
  help(work: Work): void;
}

/** What a thread that shares its work hears of helpers. */
export interface SharerSide {
  /** A part is done. */
  result(result: OfPart & { readonly result: unknown }): void;
  /** A part has failed. */
  failed(failure: OfPart & { readonly error: ReturnType<typeof encodeError> }): void;
  warning(warning: OfPart & Warning): void;
}

/** A work that is shared. */
export interface Work {
  readonly id: number;
  /** Name of the kernel in the table. */
  readonly kernel: string;
  readonly data: unknown;
  /** Memory of the claims. */
  readonly claims: Int32Array;
  readonly thread: number;
  readonly threads: number;
  readonly limits: Limits;
}

export interface OfPart {
  /** Id of the work. */
  readonly work: number;
  readonly part: number;
}

export interface Warning {
  readonly message: string;
  readonly details: Details | undefined;
}
