import { API_SECONDS, countedJob, plainJob, REQUESTS_PER_JOB } from '../core/cost/job-usage.ts';
import { type ComputeClass, computeClasses } from '../core/processes/declaration.ts';
import { LAG_SECONDS } from '../functions/aws/announced-usage.ts';
import { SHARDS } from '../functions/aws/job-item.ts';
import { KEPT_ENTRIES, SEEN_MILLISECONDS } from '../functions/aws/settled-usage.ts';
import { accountLimits, type RegionSize } from './account-limits.ts';
import type { Settings } from './config/config.ts';
import { ticketsAtOnce } from './constructs/waiting-lines.ts';

/** Jobs as they come: which share is of which class, and for how many seconds each computes. */
export type Mix = Readonly<Record<ComputeClass, { readonly share: number; readonly seconds: number }>>;

/** What a client sees of something that has reached its limit. */
export type Seen = 'waits' | '429' | '503' | 'slower';

/** One limit, by the jobs a second that it allows. */
export interface Capacity {
  readonly what: string;
  /** The limit itself, in words. */
  readonly limit: string;
  readonly jobsPerSecond: number;
  readonly seen: Seen;
  /** What raises it. */
  readonly raise: string;
}

/** Seconds that letting a waiting job in takes where a worker is free: until the job is seen to have begun. Assumed. */
const ADMISSION_SECONDS = 0.4;
/** Transitions of a job that waits: Route and Run once more, and the state in between. */
const WAITING_TRANSITIONS = 3;
/** Writes to the index of a line by a job that waits: when it comes and when it goes. */
const LINE_WRITES = 2;
/** Bytes of an entry of what an owner uses, and those that a unit of an eventually consistent read has. */
const ENTRY_BYTES = 200;
const READ_BYTES = 8192;
/** Bytes of an entry that is announced, and those that a unit of a write has. */
const ANNOUNCED_BYTES = 130;
const WRITE_BYTES = 1024;

/** Functions behind the API and tasks that run at the same time, by jobs a second. */
const functionsPerJobRate = REQUESTS_PER_JOB * API_SECONDS;

/** Jobs a second that the workers of a class can end, of all jobs of a mix. */
function workersOf(
  computeClass: ComputeClass,
  { workers }: Settings,
  mix: Mix,
  unreserved: number,
): Capacity {
  const { share, seconds } = mix[computeClass];
  const { reservedConcurrency } = workers[computeClass];
  const count = reservedConcurrency ?? unreserved;
  return {
    what: `${computeClass} workers`,
    limit: `${count} at a time, ${seconds} s per job`,
    jobsPerSecond: count / (share * seconds),
    seen: 'waits',
    raise:
      reservedConcurrency === undefined ? 'account concurrency' : `\`WORKER_CONCURRENCY=${computeClass}=…\``,
  };
}

/**
 * At which load what saturates: everything that a job of a mix uses that has a limit, the lowest first.
 *
 * @param accountConcurrency functions that the account may run at once
 * @param owners that share the load evenly
 */
export function capacities(
  settings: Settings,
  mix: Mix,
  region: RegionSize,
  { accountConcurrency, owners }: { readonly accountConcurrency: number; readonly owners: number },
): Capacity[] {
  const { throttle, executionThrottle, quotas, waitingLine, authorization } = settings;
  const { dynamo, stepFunctions, s3, apiRequests } = accountLimits;
  const reserved = computeClasses.reduce(
    (sum, name) => sum + (settings.workers[name].reservedConcurrency ?? 0),
    0,
  );
  const unreserved = accountConcurrency - reserved;
  const starts = stepFunctions.starts[region];
  const transitions = stepFunctions.transitions[region];
  const hasQuotas = Object.keys(quotas).length > 0;
  const indexWrites = plainJob.recordWrites + (hasQuotas ? 2 : 0);
  const writeUnits = plainJob.writeUnits + (hasQuotas ? countedJob.writeUnits : 0);
  const used = computeClasses.filter((name) => mix[name].share > 0);
  return [
    ...used.map((name) => workersOf(name, settings, mix, unreserved)),
    {
      what: 'execution requests',
      limit: `${executionThrottle.rate} per second, bursts of ${executionThrottle.burst}, for each method`,
      jobsPerSecond: executionThrottle.rate,
      seen: '429' as const,
      raise: '`executionThrottle`',
    },
    {
      what: 'all requests',
      limit: `${throttle.rate} per second, ${REQUESTS_PER_JOB} per job`,
      jobsPerSecond: throttle.rate / REQUESTS_PER_JOB,
      seen: '429' as const,
      raise: '`throttle`',
    },
    {
      what: 'API Gateway requests',
      limit: `${apiRequests} per second in the account`,
      jobsPerSecond: apiRequests / REQUESTS_PER_JOB,
      seen: '429' as const,
      raise: 'Service Quotas',
    },
    {
      what: 'functions behind the API',
      limit: `${unreserved} at a time, the unreserved concurrency of the account`,
      jobsPerSecond: unreserved / functionsPerJobRate,
      seen: '503' as const,
      raise: 'account concurrency',
    },
    {
      what: 'starts of executions',
      limit: `${starts.rate} per second, bursts of ${starts.burst}`,
      jobsPerSecond: starts.rate,
      seen: '503' as const,
      raise: 'Service Quotas',
    },
    {
      what: 'state transitions',
      limit: `${transitions} per second, ${plainJob.transitions} per job, ${plainJob.transitions + WAITING_TRANSITIONS} if it waits`,
      jobsPerSecond: transitions / (plainJob.transitions + (waitingLine ? WAITING_TRANSITIONS : 0)),
      seen: 'slower' as const,
      raise: 'Service Quotas',
    },
    ...(waitingLine
      ? [
          ...used.map((name): Capacity => {
            const heads = ticketsAtOnce(settings.workers[name].reservedConcurrency);
            return {
              what: `admission of waiting jobs, ${name}`,
              limit: `${heads} at a time, about ${ADMISSION_SECONDS} s each`,
              jobsPerSecond: heads / ADMISSION_SECONDS / mix[name].share,
              seen: 'waits',
              raise: 'grows with the workers of the class',
            };
          }),
          {
            what: '`SendTaskSuccess` calls, which admit jobs',
            limit: `${stepFunctions.answers[region]} per second`,
            jobsPerSecond: stepFunctions.answers[region],
            seen: 'waits' as const,
            raise: 'Service Quotas',
          },
          {
            what: 'index of waiting jobs',
            limit: `${dynamo.partitionWrites} writes per second in each class, ${LINE_WRITES} per job`,
            jobsPerSecond: used.reduce(
              (least, name) => Math.min(least, dynamo.partitionWrites / LINE_WRITES / mix[name].share),
              Infinity,
            ),
            seen: 'slower' as const,
            raise: 'nothing',
          },
        ]
      : []),
    {
      what: 'index that lists the jobs of an owner',
      limit: `${SHARDS} partitions of ${dynamo.partitionWrites} writes per second, ${indexWrites} per job`,
      jobsPerSecond: (owners * SHARDS * dynamo.partitionWrites) / indexWrites,
      seen: '503' as const,
      raise: 'more owners; more shards in the code',
    },
    ...(authorization.mode === 'none'
      ? []
      : [
          {
            what: 'index that lists the jobs of all owners',
            limit: `${SHARDS} partitions of ${dynamo.partitionWrites} writes per second, ${plainJob.recordWrites} per job`,
            jobsPerSecond: (SHARDS * dynamo.partitionWrites) / plainJob.recordWrites,
            seen: '503' as const,
            raise: 'more shards in the code',
          },
        ]),
    {
      what: 'index of unfinished jobs',
      limit: `${SHARDS} partitions of ${dynamo.partitionWrites} writes per second, 2 per job`,
      jobsPerSecond: (SHARDS * dynamo.partitionWrites) / 2,
      seen: '503' as const,
      raise: 'more shards in the code',
    },
    {
      what: 'table writes',
      limit: `${dynamo.newTableWrites} write units per second for a new table, later twice the previous peak; ${writeUnits} per job`,
      jobsPerSecond: dynamo.newTableWrites / writeUnits,
      seen: '503' as const,
      raise: 'warm throughput; passes within half an hour',
    },
    ...(hasQuotas
      ? [
          {
            what: 'reads of usage entries',
            limit: `${SHARDS} partitions of ${dynamo.partitionReads} read units per second; a job reads its owner's entries of the last ${unsettledSeconds(mix)} s, a function that has just started those of the day`,
            // Each of so many jobs a second reads what as many jobs a second have written.
            jobsPerSecond:
              owners *
              Math.sqrt(
                (SHARDS * dynamo.partitionReads * READ_BYTES) / (unsettledSeconds(mix) * ENTRY_BYTES),
              ),
            seen: '503' as const,
            raise: 'more owners',
          },
          {
            what: 'announcements of jobs',
            limit: `an item of ${dynamo.partitionWrites} write units per second for each owner; it has the entries of the last ${LAG_SECONDS} s, and is written for each job`,
            // What is written so many times a second grows with that itself.
            jobsPerSecond:
              owners * Math.sqrt((dynamo.partitionWrites * WRITE_BYTES) / (LAG_SECONDS * ANNOUNCED_BYTES)),
            seen: '503' as const,
            raise: 'more owners',
          },
        ]
      : []),
    {
      what: 'S3 PUT requests',
      limit: `${s3.puts} per second to the prefix \`jobs/\` until S3 splits it, ${plainJob.objectWrites} per job`,
      jobsPerSecond: s3.puts / plainJob.objectWrites,
      seen: '503' as const,
      raise: 'passes within minutes',
    },
  ].toSorted((one, other) => one.jobsPerSecond - other.jobsPerSecond);
}

/** What a deployment needs for a load. */
export interface Needs {
  readonly executionRate: number;
  readonly requestRate: number;
  readonly workers: Readonly<Record<ComputeClass, number>>;
  /** Functions that the account must be able to run at once. */
  readonly concurrency: number;
}

/** Room that is left above the peak. */
const HEADROOM = 1.25;

/** The settings that a load needs. @param peak jobs a second at the busiest time */
export function needsOf(peak: number, mix: Mix): Needs {
  const withRoom = (count: number) => Math.max(1, Math.ceil(count * HEADROOM));
  const workersOfClass = (name: ComputeClass) => withRoom(peak * mix[name].share * mix[name].seconds);
  const workers = {
    light: workersOfClass('light'),
    vector: workersOfClass('vector'),
    raster: workersOfClass('raster'),
  };
  const forWorkers = workers.light + workers.vector + workers.raster;
  const letIn = computeClasses.reduce((sum, name) => sum + ticketsAtOnce(workers[name]), 0);
  // Lambda keeps a hundred for functions that have none reserved.
  const beside = Math.max(100, withRoom(peak * functionsPerJobRate) + letIn);
  return {
    executionRate: withRoom(peak),
    requestRate: withRoom(peak * REQUESTS_PER_JOB),
    workers,
    concurrency: forWorkers + beside,
  };
}

/** Seconds of entries that are read for each job: those that may still change, up to the oldest job that runs. */
const unsettledSeconds = (mix: Mix): number =>
  computeClasses.reduce(
    (longest, name) => (mix[name].share > 0 ? Math.max(longest, mix[name].seconds) : longest),
    SEEN_MILLISECONDS / 1000,
  );

const SECONDS_PER_DAY = 86_400;

/**
 * US dollars that reading takes what an owner has used, beyond the smallest queries, which the cost of each job includes: for each of so
 * many executions of a day the last entries, or half a day's where those of all owners are more than a function keeps.
 */
export function costOfQuotas(executionsPerDay: number, owners: number, mix: Mix, readUnit: number): number {
  const isKept = executionsPerDay * owners <= KEPT_ENTRIES;
  const entries = isKept
    ? (executionsPerDay / SECONDS_PER_DAY) * unsettledSeconds(mix)
    : executionsPerDay / 2;
  return Math.max(0, (entries * ENTRY_BYTES) / READ_BYTES - countedJob.readUnits) * readUnit;
}

/** Seconds until the last of jobs that come at once has begun, with so many workers. */
export const lastBegins = (jobs: number, workers: number, seconds: number): number =>
  Math.max(0, (Math.ceil(jobs / workers) - 1) * seconds);
