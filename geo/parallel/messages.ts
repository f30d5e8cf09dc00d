import type { Limits } from '../../core/run/context.ts';
import type { Failure } from './failure.ts';

/** What a helper is asked. */
export interface WorkMessage {
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

/** A warning of one part of a work. */
export interface Remark {
  readonly part: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

/** What a helper answers. */
export type HelperMessage =
  | { readonly id: number; readonly kind: 'result'; readonly part: number; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly part: number; readonly failure: Failure }
  | ({ readonly id: number; readonly kind: 'remark' } & Remark);
