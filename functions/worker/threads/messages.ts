import type { Details, Division, Limits, WorkToDivide } from '../../../core/run/context.ts';

/** What a process's thread does for the worker's main thread. */
export interface ThreadSide {
  /** Runs a process. The answer has its outputs, files as {@link EncodedMessage}. */
  run(request: RunRequest): Readonly<Record<string, unknown>>;
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
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly division?: Omit<Division, 'summaries'>;
  /** Those of the division, as sources. */
  readonly summaries?: unknown;
  readonly synchronous: boolean;
}

export interface Line {
  readonly message: string;
  readonly details?: Details | undefined;
}

export interface OfSource {
  readonly source: number;
}

/** A source on the other side: its bytes are asked for, what is known of it comes along. */
export interface SourceDescription {
  readonly '~source': number;
  readonly pointer: string;
  readonly mediaType?: string;
  readonly href?: string;
  readonly layer?: string;
  /** The inline value as JSON: writing and parsing it takes a third of the time that a structured clone does. */
  readonly json?: string;
  /** The inline value itself, where JSON cannot have it: integers of 64 bits. */
  readonly value?: unknown;
}

/** In the place of outputs: the raster is too large for one worker, and the work can be divided. */
export interface DivideMessage {
  readonly '~divide': Pick<WorkToDivide, 'size' | 'found'>;
}

/** Bytes of a file in a format, on their way between threads. */
export interface EncodedMessage {
  readonly '~encoded': string;
  readonly bytes: Uint8Array;
  readonly remarks: readonly string[];
}
