import { type Counting, jobUsage, syncUsage } from '../cost/job-usage.ts';
import { usageCost } from '../cost/usage.ts';
import { apiResources, classResources, type WorkerSizes } from './class-resources.ts';
import type { ComputeClass, ProcessDeclaration } from './declaration.ts';
import { SMALL_INPUTS } from './small-inputs.ts';

/** Time of a run: seconds before the first byte, and seconds for each megabyte of input. */
export interface WorkModel {
  readonly seconds: number;
  readonly secondsPerMegabyte: number;
}

/**
 * Usual processes of each class. Seconds per megabyte are the median over the class of the times of `bench/results.md`, divided
 * by the size of their files; a declaration has its own where it is far from that. What comes before is an allowance for
 * threads and engines that are started.
 */
const classWork: Readonly<Record<ComputeClass, WorkModel>> = {
  light: { seconds: 0.03, secondsPerMegabyte: 0.015 },
  vector: { seconds: 0.5, secondsPerMegabyte: 0.15 },
  raster: { seconds: 0.8, secondsPerMegabyte: 0.03 },
};

/** Megabytes of memory that come with a whole core of Lambda. */
const MEGABYTES_PER_CORE = 1769;

export interface Estimate {
  /** Seconds of a worker, to two significant digits. */
  readonly seconds: number;
  /** US dollars, to two significant digits. */
  readonly usd: number;
  /** Seconds that each further megabyte of input takes. */
  readonly secondsPerMegabyte: number;
}

const MEGABYTE = 1024 * 1024;

/** What is known of a run. */
interface AskedRun {
  /** Of its inputs. */
  readonly bytes: number;
  readonly asynchronous: boolean;
  /** Whether an input is fetched from somewhere; false unless it is said. */
  readonly hasReferences?: boolean;
  /** Quotas, unless it is said otherwise. */
  readonly counting?: Counting;
}

/** What a run of a process takes and costs about. */
export function estimateRun(
  { computeClass, secondsPerMegabyte }: ProcessDeclaration,
  { bytes, asynchronous, hasReferences = false, counting = 'quotas' }: AskedRun,
  sizes: WorkerSizes = classResources,
): Estimate {
  const work = classWork[computeClass];
  // The times are those of two cores, which few processes use up; less than one core is felt by all of them.
  const slowness = Math.max(1, MEGABYTES_PER_CORE / sizes[computeClass].memory);
  const perMegabyte = (secondsPerMegabyte ?? work.secondsPerMegabyte) * slowness;
  const seconds = work.seconds * slowness + perMegabyte * (bytes / MEGABYTE);
  const functions = {
    api: apiResources,
    worker: { ...classResources[computeClass], ...sizes[computeClass] },
  };
  const inRequest = computeClass === 'light' && !hasReferences && bytes <= SMALL_INPUTS;
  const usage = asynchronous
    ? jobUsage(functions, { seconds, counting })
    : syncUsage(functions, { seconds, counting, inRequest });
  return {
    seconds: roughly(seconds),
    usd: roughly(usageCost(usage)),
    secondsPerMegabyte: roughly(perMegabyte),
  };
}

/** More digits would promise what an estimate cannot keep. */
const roughly = (value: number): number => Number(value.toPrecision(2));
