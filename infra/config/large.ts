import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import { type LargeClass, largeClass } from '../../core/processes/large-class.ts';
import { MEGABYTES_PER_GB, SECONDS_PER_HOUR } from '../../core/shared/units.ts';
import { parsePairs } from './parse-pairs.ts';

/** Whether jobs that are too large for a worker go on as tasks of Fargate, and how these are made. */
export interface LargeSettings extends LargeClass {
  readonly enabled: boolean;
  /** Image with Node.js, for arm64, that anybody may fetch; the code comes from the bucket of assets. */
  readonly image: string;
}

/** Off: an hour of a task costs about a quarter of a dollar, and clients decide how many there are. */
export const defaultLarge: LargeSettings = {
  ...largeClass,
  enabled: false,
  image: 'public.ecr.aws/docker/library/node:24.11.1-slim',
};

/** Gigabytes of memory that go with so many processors: least, most and steps (Fargate, task CPU and memory). */
const sizes: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  1: [2, 8, 1],
  2: [4, 16, 1],
  4: [8, 30, 1],
  8: [16, 60, 4],
  16: [32, 120, 8],
};

const DISK = { least: 21, most: 200 };
const HOURS = { least: 1, most: 24 };
const MOST_TIMES = 100;

/**
 * What the environment says of the large class: `LARGE` (`on` or `off`), `LARGE_SIZE` (`cpu=8,memory=60,disk=200`, processors
 * and gigabytes), `LARGE_HOURS`, `LARGE_LIMITS` (`raster=20`, times the limits of the class) and `LARGE_IMAGE`.
 *
 * @throws Error naming the variable and what would be right
 */
export function largeFrom(
  { LARGE, LARGE_SIZE, LARGE_HOURS, LARGE_LIMITS, LARGE_IMAGE }: Record<string, string | undefined>,
  base: LargeSettings,
): LargeSettings {
  if (LARGE && LARGE !== 'on' && LARGE !== 'off') throw new Error(`LARGE is "${LARGE}": use on or off`);
  const size = LARGE_SIZE ? parsePairs('LARGE_SIZE', LARGE_SIZE, ['cpu', 'memory', 'disk']) : {};
  const times = LARGE_LIMITS ? parsePairs('LARGE_LIMITS', LARGE_LIMITS, computeClasses) : {};
  const large = {
    enabled: LARGE ? LARGE === 'on' : base.enabled,
    image: LARGE_IMAGE || base.image,
    cpu: size.cpu ?? base.cpu,
    memory: size.memory === undefined ? base.memory : size.memory * MEGABYTES_PER_GB,
    disk: size.disk ?? base.disk,
    timeout: LARGE_HOURS ? Math.round(Number(LARGE_HOURS) * SECONDS_PER_HOUR) : base.timeout,
    times: { ...base.times, ...times } satisfies Record<ComputeClass, number>,
  };
  verifyLarge(large);
  return large;
}

function verifyLarge({ cpu, memory, disk, timeout, times }: LargeSettings): void {
  const [least, most, step] = sizes[cpu] ?? [];
  if (least === undefined || most === undefined || step === undefined)
    throw new Error(`LARGE_SIZE has ${cpu} vCPUs: use one of ${Object.keys(sizes).join(', ')}`);
  const gigabytes = memory / MEGABYTES_PER_GB;
  if (!(gigabytes >= least && gigabytes <= most) || (gigabytes - least) % step !== 0)
    throw new Error(
      `LARGE_SIZE has ${gigabytes} GB of memory: with ${cpu} vCPUs use ${least} to ${most}, in steps of ${step}`,
    );
  if (!Number.isInteger(disk) || disk < DISK.least || disk > DISK.most)
    throw new Error(`LARGE_SIZE has ${disk} GB of disk: use ${DISK.least} to ${DISK.most}`);
  const hours = timeout / SECONDS_PER_HOUR;
  if (!(hours >= HOURS.least && hours <= HOURS.most))
    throw new Error(`LARGE_HOURS is ${hours}: use ${HOURS.least} to ${HOURS.most}`);
  for (const computeClass of computeClasses)
    if (times[computeClass] < 1 || times[computeClass] > MOST_TIMES)
      throw new Error(
        `LARGE_LIMITS has ${computeClass}=${times[computeClass]}: use 1 to ${MOST_TIMES} times the limits of the class`,
      );
}
