import { MEGABYTES_PER_GB, SECONDS_PER_HOUR } from '../shared/units.ts';
import { type Prices, prices, REFERENCE_REGION } from './prices.ts';

/** What a task has. */
export interface TaskSize {
  /** Virtual processors. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
  /** Gigabytes of disk for temporary files. */
  readonly disk: number;
}

/** Gigabytes of disk that each task has for nothing. */
const FREE_DISK = 20;

const listed = prices[REFERENCE_REGION];

/** US dollars of an hour of a task. */
export const taskHour = ({ cpu, memory, disk }: TaskSize, price: Prices = listed): number =>
  cpu * price.fargateCpuHour +
  (memory / MEGABYTES_PER_GB) * price.fargateGbHour +
  Math.max(0, disk - FREE_DISK) * price.fargateDiskGbHour;

/**
 * GB-seconds of Lambda that cost as much as a task of so many seconds: quotas are counted in these, and a gigabyte of Fargate
 * costs a fraction of one of Lambda.
 */
export const equivalentGbSeconds = (size: TaskSize, seconds: number): number =>
  ((taskHour(size) / SECONDS_PER_HOUR) * seconds) / listed.lambdaGbSecond;
