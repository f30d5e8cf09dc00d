/** Bytes of a referenced layer, also once it is unpacked, where a process says nothing else: 300 MiB. */
export const REFERENCED_BYTES = 300 * 1024 * 1024;

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

/** Bytes with their media type: what a process returns for a layer, a raster or any other encoded output. */
export class Encoded {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** What the format could not carry, in sentences: each is a warning of the run. */
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

/** What belongs to a line of the log: plain values that can become JSON. */
export type Details = Readonly<Record<string, unknown>>;

/** Rows of a raster that one part of the work is about, up to but without `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
  /** Rows on both sides of them that the result depends on. */
  readonly halo: number;
}

/** What a raster that is worked on in parts asks of each part. */
export interface WorkSize {
  readonly width: number;
  readonly height: number;
  /** How many pixels of four bytes a pixel counts for: those of several bands, or of long numbers, take more memory. */
  readonly weight: number;
  /** Pixels that are looked at for each pixel of the result, where they are more than one: they take time, but no memory. */
  readonly effort?: number;
  /** How often all parts are gone through, one round after the other, if nothing shortens that. */
  readonly rounds: number;
}

/** A raster is too large for one worker, and the work on it can be divided: it is to be done in parts. */
export class WorkToDivide extends Error {
  readonly size: WorkSize;
  /** What was found so far, for the parts of this round: anything that a structured clone can have. */
  readonly found: unknown;

  constructor(size: WorkSize, found?: unknown) {
    super(`A raster of ${size.width} by ${size.height} pixels is processed in parts.`);
    this.name = 'WorkToDivide';
    this.size = size;
    this.found = found;
  }
}

/** How a run is divided, or may be. */
export interface Division {
  /** The rows that this run is about; absent for all. */
  readonly rows?: RowRange;
  /** Pixels of four bytes above which the work is to be divided; absent where it cannot be. */
  readonly divideAbove?: number;
  /** Of a run that merges what the parts have found: their summaries, in order. */
  readonly summaries?: readonly Source[];
  /** What the merging of the round before has found. */
  readonly found?: unknown;
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
  /** Adds a line to the log of the run: what the process does or has found out. It changes nothing about the result. */
  log(message: string, details?: Details): void;
  /**
   * Tells the client, in a sentence, what was cut, repaired, rounded, guessed or lost: the result may not be what they
   * think. Never for the operator alone.
   *
   * @param details where and which, for example `{ input: '/inputs/features' }`.
   */
  warn(message: string, details?: Details): void;
  /** Media type in which an output is wanted; always one that its schema declares. */
  format(outputID: string): string;
  /** Bounds of this run: those of the declaration, tighter when it is synchronous. */
  readonly limits: Limits;
  /** True when the client waits for the answer: the bounds `syncVertices` and `syncPixels` hold. */
  readonly synchronous: boolean;
  /** How the run is divided, or may be; absent where it is not. Readers and writers of rasters see to it. */
  readonly division?: Division;
}
