import type { Limits } from '../../core/run/context.ts';

/** What a kernel may do besides computing, on whichever thread it runs. */
export interface KernelContext {
  readonly limits: Limits;
  /**
   * As `warn` of the run. Of the same message only the first is told, in the order of the parts, so that what the client
   * reads does not depend on how many threads there are.
   */
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** Cheap; true when it is time to await {@link breathe}. To be asked in inner loops. */
  isDue(): boolean;
  /** Tells the progress. @throws the reason when the work should stop */
  breathe(): Promise<void>;
}

/** A kernel with its data, on one thread. */
export interface OpenKernel<Result> {
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
export interface Kernel<Data, Result> {
  /** Its key in the table of kernels, by which helper threads find it. */
  readonly name: string;
  readonly open: (data: Data, context: KernelContext) => Promise<OpenKernel<Result>>;
}

/** Names a kernel. */
export const defineKernel = <Data, Result>(
  name: string,
  open: Kernel<Data, Result>['open'],
): Kernel<Data, Result> => ({ name, open });

/** A kernel whose types are only known where it is used: data that crosses between threads has none. */
// biome-ignore lint/suspicious/noExplicitAny: each kernel has data and results of its own
export type LoadKernel = () => Promise<Kernel<any, unknown>>;
