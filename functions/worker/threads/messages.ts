import type { Limits } from '../../../core/run/context.ts';
import type { Fault } from '../../../core/shared/errors.ts';

/** A source on the other side: its bytes are asked for, what is known of it comes along. */
export interface SourceDescription {
  readonly '~source': number;
  readonly pointer: string;
  readonly mediaType?: string;
  readonly href?: string;
  readonly layer?: string;
  readonly value?: unknown;
}

/** What the main thread sends. */
export type ToThread =
  | {
      readonly kind: 'run';
      readonly processID: string;
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly formats: Readonly<Record<string, string>>;
      readonly limits: Limits;
      readonly synchronous: boolean;
    }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly value: unknown;
      readonly error?: SerializedError;
    };

/** What a thread sends. */
export type FromThread =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly message?: string }
  | {
      readonly kind: 'log' | 'warn';
      readonly message: string;
      readonly details?: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly source: number;
      readonly method: 'size' | 'read' | 'bytes';
      readonly offset: number;
      readonly length: number;
    }
  | { readonly kind: 'done'; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly error: SerializedError };

/** An error that has crossed between threads: a refusal in full, of anything else what the log needs. */
export interface SerializedError {
  readonly refusal?: {
    readonly status: number;
    readonly type: string;
    readonly title: string;
    readonly detail?: string;
    readonly errors?: readonly Fault[];
  };
  readonly message: string;
  readonly stack?: string;
}

/** Bytes of a file in a format, on their way between threads. */
export interface EncodedMessage {
  readonly '~encoded': string;
  readonly bytes: Uint8Array;
  readonly remarks: readonly string[];
}
