import type { LargeClass } from '../processes/large-class.ts';
import { type Prices, prices, REFERENCE_REGION } from './prices.ts';

/** Gigabytes of disk that each task has for nothing. */
const FREE_DISK = 20;
const MEGABYTES_PER_GB = 1024;
const SECONDS_PER_HOUR = 3600;

const listed = prices[REFERENCE_REGION];

/** US dollars of an hour of a task. */
export const largeHour = ({ cpu, memory, disk }: LargeClass, price: Prices = listed): number =>
  cpu * price.fargateCpuHour +
  (memory / MEGABYTES_PER_GB) * price.fargateGbHour +
  Math.max(0, disk - FREE_DISK) * price.fargateDiskGbHour;

/**
 * GB-seconds of Lambda that cost as much as a task of so many seconds: quotas are counted in these, and a gigabyte of Fargate
 * costs a fraction of one of Lambda.
 */
export const equivalentGbSeconds = (large: LargeClass, seconds: number): number =>
  ((largeHour(large) / SECONDS_PER_HOUR) * seconds) / listed.lambdaGbSecond;
