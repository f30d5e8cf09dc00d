import type { ColdStart } from './cold-start.ts';
import { kernels, type Row, wholeProcesses, windowRow } from './table.ts';

/** What both sides of a case took, in seconds: of a clock, and of all processors together. */
export interface CaseResult {
  readonly seconds: number;
  readonly referenceSeconds: number;
  readonly cpu: number;
  readonly referenceCpu: number;
  /** How often each side did it; the least counts. */
  readonly repetitions: number;
  /** The day. */
  readonly on: string;
}

/** `bench/results/kernels.json`. Cases are written as they are measured: those that a run has not come to are of an earlier one. */
export interface KernelResults {
  readonly machine: string;
  /** Pixels of a side of the rasters. */
  readonly size: number;
  readonly cases: Readonly<Record<string, CaseResult>>;
  readonly engines: readonly ColdStart[];
}

/** The cases by what they are, in the order of their table. */
export const sections: Readonly<Record<string, readonly Row[]>> = {
  Kernels: kernels,
  Processes: wholeProcesses,
  'Ranges of a Cloud Optimized GeoTIFF': [windowRow],
};

export const allRows: readonly Row[] = Object.values(sections).flat();

/** Ratio of our time to that of the reference. */
export interface Ratios {
  /** Of elapsed time: what users wait for and Lambda bills. Targets are of it. */
  readonly elapsed: number;
  /** Of the time of all processors together. */
  readonly cpu: number;
}

export const computeRatios = ({ seconds, referenceSeconds, cpu, referenceCpu }: CaseResult): Ratios => ({
  elapsed: seconds / referenceSeconds,
  cpu: cpu / referenceCpu,
});

/** Ratios above which a case has a profile that says where its time goes. */
export const profiledAbove: Ratios = { elapsed: 1.2, cpu: 2.5 };

/** Names of the cases that have to say where their time goes. */
export const casesAbove = ({ cases }: KernelResults): string[] =>
  allRows.flatMap(({ name }) => {
    const result = cases[name];
    if (!result) return [];
    const { elapsed, cpu } = computeRatios(result);
    return elapsed > profiledAbove.elapsed || cpu > profiledAbove.cpu ? [name] : [];
  });
