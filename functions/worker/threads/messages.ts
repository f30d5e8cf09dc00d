import type { Details, Division, Limits, WorkToDivide } from '../../../core/run/context.ts';

/** What a process's thread does for the worker's main thread. */
export interface ThreadSide {
  /** Runs a process. */
  run(request: RunRequest): RunAnswer;
}

/** What the main thread does for the thread, and hears of it, while a process runs. */
export interface MainSide {
  progress(progress: { readonly done: number; readonly total: number; readonly message?: string }): void;
  log(line: Line): void;
  warn(line: Line): void;
  /** As the methods of a source, which stays in the main thread. */
  size(source: OfSource): number | undefined;
  read(range: OfSource & { readonly offset: number; readonly length: number }): Uint8Array;
  bytes(source: OfSource): Uint8Array;
}

export interface RunRequest {
  readonly processID: string;
  readonly inputs: Readonly<Record<string, InputMessage>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly division?: Omit<Division, 'summaries'>;
  /** Those of the division. */
  readonly summaries?: InputMessage;
  readonly synchronous: boolean;
}

export interface Line {
  readonly message: string;
  readonly details?: Details | undefined;
}

export interface OfSource {
  readonly source: number;
}

/**
 * An input on its way between threads. What it is stands beside it, never in it: a value that a client has sent may look like
 * anything.
 */
export type InputMessage =
  | { readonly value: unknown }
  | { readonly source: SourceDescription }
  | { readonly list: readonly InputMessage[] };

/** A source on the other side: its bytes are asked for, what is known of it comes along. */
export interface SourceDescription {
  readonly index: number;
  readonly pointer: string;
  readonly mediaType?: string;
  readonly href?: string;
  readonly layer?: string;
  /** The inline value as JSON: writing and parsing it takes a third of the time that a structured clone does. */
  readonly json?: string;
  /** The inline value itself, where JSON cannot have it: integers of 64 bits. */
  readonly value?: unknown;
}

/** What a run answers: its outputs, or that the raster is too large for one worker and the work can be divided. */
export type RunAnswer =
  | { readonly outputs: Readonly<Record<string, OutputMessage>> }
  | { readonly divide: Pick<WorkToDivide, 'size' | 'found'> };

/** An output on its way between threads, as {@link InputMessage} are. */
export type OutputMessage = { readonly value: unknown } | { readonly encoded: EncodedMessage };

/** Bytes of a file in a format. */
export interface EncodedMessage {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly remarks: readonly string[];
}
