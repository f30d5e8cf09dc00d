import type { Limits } from '../../../core/processes/declaration.ts';

/** What an operation may do besides computing, on whichever thread it runs. */
export interface Surroundings {
  readonly limits: Limits;
  /** Of the same message only the first is told, in the order of the parts. */
  log(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** Cheap; true when it is time to await {@link breathe}. To be asked in inner loops. */
  isDue(): boolean;
  /** Tells the progress. @throws the reason when the work should stop */
  breathe(): Promise<void>;
}

/** An operation with its data, on one thread. */
export interface OpenOperation<Result> {
  /** Does one part. What it gives has typed arrays of its own only: they are handed over, not copied. */
  part(index: number): Promise<Result>;
  /** Frees what is held inside GEOS. */
  end(): void;
}

/**
 * Work that can be shared: many parts that do not need each other. It is a function of its data and the number of
 * the part alone, so that results are the same however many threads share it. The data can be sent to other threads:
 * plain values, large ones in shared memory.
 */
export type Operation<Data, Result> = (
  data: Data,
  surroundings: Surroundings,
) => Promise<OpenOperation<Result>>;
