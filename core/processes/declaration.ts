import type { JsonSchema } from './schema.ts';

/** Which worker runs a process; each has memory, time and storage of its own. */
export const computeClasses = ['light', 'vector', 'raster'] as const;
export type ComputeClass = (typeof computeClasses)[number];

export type JobControlOption = 'sync-execute' | 'async-execute' | 'dismiss';

/** What is said of an input or output besides its schema. */
export interface Documentation {
  readonly title: string;
  readonly description?: string;
  readonly keywords?: readonly string[];
}

/** An input. `T` is what `run` receives; it exists only for the type checker. */
export interface Input<T = unknown> extends Documentation {
  /** JSON Schema of one occurrence, in the published subset (see schema.ts). */
  readonly schema: JsonSchema;
  readonly minOccurs: number;
  readonly maxOccurs: number | 'unbounded';
  /** Given to `run` unread, as a {@link Source}, because it may be large or is read in pieces. */
  readonly source?: 'layer' | 'raster';
  /** How it may be given; both ways where absent (/req/ogc-process-description/value-passing). */
  readonly valuePassing?: readonly ('byValue' | 'byReference')[];
  readonly '~value'?: T;
}

/** An output. `T` is what `run` returns for it. */
export interface Output<T = unknown> extends Documentation {
  readonly schema: JsonSchema;
  readonly '~value'?: T;
}

/** Bounds that are published in the description and enforced; the compute class's where absent. */
export interface Limits {
  readonly features?: number;
  readonly vertices?: number;
  readonly pixels?: number;
  readonly inlineBytes: number;
  readonly referencedBytes?: number;
  /** Vertices up to which a synchronous execution is taken. */
  readonly syncVertices?: number;
  /** Pixels up to which a synchronous execution is taken. */
  readonly syncPixels?: number;
}

/** A request that can be run as it stands; shown in the OpenAPI document and executed by a test. */
export interface Example {
  readonly title: string;
  readonly description?: string;
  readonly request: { readonly inputs: Readonly<Record<string, unknown>>; readonly outputs?: unknown };
}

/** One declaration per process: descriptions, validation, OpenAPI, documentation and tests come from it. */
export interface ProcessDeclaration<
  I extends Readonly<Record<string, Input>> = Readonly<Record<string, Input>>,
  O extends Readonly<Record<string, Output>> = Readonly<Record<string, Output>>,
> extends Documentation {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly computeClass: ComputeClass;
  readonly jobControlOptions: readonly JobControlOption[];
  readonly inputs: I;
  readonly outputs: O;
  readonly limits: Limits;
  readonly examples: readonly Example[];
}

export type InputsOf<P extends ProcessDeclaration> = {
  readonly [K in keyof P['inputs']]: P['inputs'][K] extends Input<infer T> ? T : never;
};

/** A process may leave out an output that does not apply. */
export type OutputsOf<P extends ProcessDeclaration> = {
  readonly [K in keyof P['outputs']]?: P['outputs'][K] extends Output<infer T> ? T | undefined : never;
};

/** Bytes with their media type: what a process returns for a layer, a raster or any other encoded output. */
export class Encoded {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** What the format could not carry, in sentences; they go into the log of the job. */
  readonly remarks: readonly string[];

  constructor(mediaType: string, bytes: Uint8Array, remarks: readonly string[] = []) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.remarks = remarks;
  }
}

/** Data that is read when it is needed: an inline value, an uploaded object or a guarded URL. */
export interface Source {
  /** JSON pointer of the input in the execute request, for error messages: `/inputs/raster`. */
  readonly pointer: string;
  /** As declared by the client or told by the server; may be absent or wrong. */
  readonly mediaType?: string;
  /** Where it comes from; absent for inline values. */
  readonly href?: string;
  /** Name of the layer to take from a file with several. */
  readonly layer?: string;
  /** The parsed value where the input was inline JSON (GeoJSON); then there is no need to read bytes. */
  readonly value?: unknown;
  /** Number of bytes, where it is known without reading all of them. */
  size(): Promise<number | undefined>;
  /** At most `length` bytes from `offset`; fewer at the end. Uses range requests where the server has them. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Everything. @throws LimitExceeded above the referenced-bytes limit of the process. */
  bytes(): Promise<Uint8Array>;
}

/** What a running process may do besides computing. */
export interface RunContext {
  /** Aborted when the job is dismissed or its time is over. */
  readonly signal: AbortSignal;
  /**
   * Tells how far the work is. Cheap enough to be called often: it writes at most every other second. It also
   * lets timers run, so loops must await it.
   * @throws Dismissed or the abort reason when the work should stop.
   */
  progress(done: number, total: number, message?: string): Promise<void>;
  /** Adds a line to the log of the job, for example a warning about repaired geometries. */
  log(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** Media type in which an output is wanted; always one that its schema declares. */
  format(outputID: string): string;
  /** Bounds of this run: those of the declaration, tighter when it is synchronous. */
  readonly limits: Limits;
  /** True when the client waits for the answer: the bounds `syncVertices` and `syncPixels` hold. */
  readonly synchronous: boolean;
}

export type Run<P extends ProcessDeclaration> = (
  inputs: InputsOf<P>,
  context: RunContext,
) => Promise<OutputsOf<P>>;
