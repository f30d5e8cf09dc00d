import { taskHour } from '../core/cost/fargate.ts';
import { API_SECONDS, EMPTY_POLLS_A_SECOND, plainPart } from '../core/cost/job-usage.ts';
import { HOURS_PER_MONTH, type Prices } from '../core/cost/prices.ts';
import { type ComputeClass, computeClasses } from '../core/processes/declaration.ts';
import { MEGABYTES_PER_GB, SECONDS_PER_HOUR } from '../core/shared/units.ts';
import { computeGbSeconds } from '../core/usage/usage-entry.ts';
import { accountLimits } from './account-limits.ts';
import type { Resources, Settings } from './config/config.ts';
import { ticketsAtOnce } from './constructs/waiting-lines.ts';

/** One line of the bill: what it is for, how it comes about, and US dollars an hour. */
export interface BillLine {
  readonly what: string;
  readonly how: string;
  readonly dollars: number;
}

const FREE_STORAGE_MEGABYTES = 512;
const BYTES_PER_GB = 1024 ** 3;
/** Transitions of a job with a subscriber that waits for its turn, fails and is told of it. */
const TRANSITIONS = 8;
/** Writes of a job: announced, accepted, waiting, running, its end, the callback, what it used and its progress; most to the index as well. */
const WRITES = 27;
/** Reads of an execution: the day's entries of its owner, of 200 bytes each, and its record. */
const READS_BESIDES = 10;
const ENTRY_BYTES = 200;
const READ_BYTES = 4096 * 2;
/** Jobs that a page of a filtered job list looks at, at most, and bytes of a job that has an input or two and a message. */
const LISTED = 4800;
const JOB_BYTES = 1024;
/** Bytes of a waiting job in the index of its line. */
const PLACE_BYTES = 150;
/** Requests to SQS for a ticket each time that it comes up: it is received, sent again and deleted. */
const TICKET_REQUESTS = 3;
/** Objects that a job writes: request, log, outputs and results. */
const PUTS = 6;
/** Seconds that a part of a divided job takes at least. */
const PART_SECONDS = 1;
/** Bytes of log that a request leaves: the line of the function, of the platform and of the gateway. */
const LOG_BYTES = 3000;

/**
 * The most that a deployment can cost in an hour in which everything that the settings allow is used up without a pause, by
 * as many owners as it takes. What nobody can compute is left out: data that clients fetch from S3, and what else is in the
 * account.
 */
export function worstBill(settings: Settings, price: Prices): BillLine[] {
  const { workers, api, throttle, executionThrottle, quotas, retentionDays } = settings;
  const requests = throttle.rate * SECONDS_PER_HOUR;
  const methods = settings.queryExecution ? 2 : 1;
  const executions = executionThrottle.rate * methods;
  const jobs = executions * SECONDS_PER_HOUR;
  const reserved = computeClasses.map((computeClass) => workers[computeClass].reservedConcurrency ?? 0);
  const left = accountLimits.lambda.concurrency - reserved.reduce((sum, count) => sum + count, 0);
  const dearest = findDearest(workers, price);
  const atOnce = dearest ? 0 : Math.min(left, throttle.rate * api.timeout);
  const entries = Math.min(quotas.executionsPerDay ?? Infinity, 40_000);
  const entryReads = Object.keys(quotas).length > 0 ? (entries * ENTRY_BYTES) / READ_BYTES : 0;
  const reads = READS_BESIDES + entryReads;
  const read = entryReads > 0 ? `${READS_BESIDES} + ${Math.ceil(entryReads)}` : `${READS_BESIDES}`;
  const stored = quotas.storedBytesPerDay;
  return [
    ...computeClasses.map((computeClass): BillLine => {
      const count = workers[computeClass].reservedConcurrency ?? (computeClass === dearest ? left : 0);
      return {
        what: `${computeClass} workers`,
        how:
          count > 0
            ? `${count} of ${workers[computeClass].memory} MB, always busy`
            : `none: ${dearest === undefined ? 'their reserved concurrency is 0' : `${dearest} workers cost more and use up the account concurrency`}`,
        dollars: count * functionHour(workers[computeClass], price),
      };
    }),
    ...largeLine(settings, price),
    {
      what: 'functions behind the API',
      how: dearest
        ? 'hardly any: workers use up the account concurrency'
        : `${atOnce} of ${api.memory} MB, always busy`,
      dollars: atOnce * functionHour(api, price),
    },
    {
      what: 'requests',
      how: `${throttle.rate} per second, through API Gateway and Lambda, with their log lines`,
      dollars:
        requests * (price.apiRequest + price.lambdaRequest + (LOG_BYTES / BYTES_PER_GB) * price.logsGb),
    },
    {
      what: 'jobs',
      how: `${executions} per second${methods > 1 ? ', half by POST and half by GET' : ''}: ${TRANSITIONS} transitions, ${WRITES} writes, ${read} reads and ${PUTS} objects each`,
      dollars:
        jobs *
        (TRANSITIONS * price.stateTransition +
          WRITES * price.dynamoWrite +
          reads * price.dynamoRead +
          PUTS * price.s3Put),
    },
    ...(settings.waitingLine ? [ticketsLine(settings, entryReads, price)] : []),
    listLine(Math.max(0, throttle.rate - executions), price),
    ...(settings.fanOut.enabled ? [partsLine(workers.raster.reservedConcurrency ?? left, price)] : []),
    {
      what: 'storage',
      how:
        stored === undefined
          ? 'unlimited: set `storedBytesPerDay`'
          : `${toGigabytes(stored)} GB per day from one owner, kept for ${retentionDays} days`,
      dollars:
        stored === undefined
          ? Number.NaN
          : (toGigabytes(stored) * retentionDays * price.s3GbMonth) / HOURS_PER_MONTH,
    },
  ];
}

/** The class of workers without a reservation that costs the most: at the worst it takes what the account has left. */
function findDearest(workers: Settings['workers'], price: Prices): ComputeClass | undefined {
  return computeClasses
    .filter((computeClass) => workers[computeClass].reservedConcurrency === undefined)
    .toSorted((one, other) => functionHour(workers[other], price) - functionHour(workers[one], price))[0];
}

/** Requests that read as much as one can: pages of a filtered job list. @param rate requests a second */
function listLine(rate: number, price: Prices): BillLine {
  const each = (LISTED * JOB_BYTES) / READ_BYTES;
  const most = accountLimits.dynamo.tableReads;
  const units = Math.min(rate * each, most);
  return {
    what: 'reads of the job list',
    how: `${rate} per second, ${each} reads each${units < most ? '' : `; DynamoDB allows ${most} reads per second`}`,
    dollars: units * SECONDS_PER_HOUR * price.dynamoRead,
  };
}

/**
 * Tickets of owners who have as many jobs running as they may, with as many jobs waiting: each comes up as soon as a function is free to
 * see that it is of no use yet.
 */
function ticketsLine({ workers, quotas }: Settings, entryReads: number, price: Prices): BillLine {
  const together = computeClasses.reduce(
    (sum, name) => sum + ticketsAtOnce(workers[name].reservedConcurrency),
    0,
  );
  const tickets = together / API_SECONDS;
  // Its job; the lines of its owner twice, once again for the pause; and what its owner has used.
  const lineReads = (3 * (quotas.waitingJobs ?? 0) * PLACE_BYTES) / READ_BYTES;
  const each = Math.ceil(1 + lineReads + entryReads);
  const units = Math.min(tickets * each, accountLimits.dynamo.tableReads);
  const requests = tickets * TICKET_REQUESTS + computeClasses.length * EMPTY_POLLS_A_SECOND;
  return {
    what: 'waiting jobs',
    how: `${tickets} tickets per second by ${together} functions: ${TICKET_REQUESTS} SQS requests and ${each} ${each === 1 ? 'read' : 'reads'} each${units < tickets * each ? `; DynamoDB allows ${units} reads per second` : ''}`,
    dollars:
      SECONDS_PER_HOUR *
      (requests * price.sqsRequest + tickets * price.lambdaRequest + units * price.dynamoRead),
  };
}

/** Parts of divided jobs, besides the time of their workers. @param atOnce workers that there are for them */
function partsLine(atOnce: number, price: Prices): BillLine {
  const parts = (atOnce * SECONDS_PER_HOUR) / PART_SECONDS;
  const { transitions, writeUnits, recordReads, objectWrites, objectReads } = plainPart;
  return {
    what: 'parts of jobs',
    how: `${parts} on ${atOnce} workers, ${PART_SECONDS} s each: ${transitions} transition, ${writeUnits} writes and ${objectWrites} objects each`,
    dollars:
      parts *
      (transitions * price.stateTransition +
        writeUnits * price.dynamoWrite +
        recordReads * price.dynamoRead +
        objectWrites * price.s3Put +
        objectReads * price.s3Get +
        price.lambdaRequest),
  };
}

/** Tasks of the large class: no setting bounds how many, but what the account may run. */
function largeLine({ large }: Settings, price: Prices): BillLine[] {
  if (!large.enabled) return [];
  const count = Math.floor(accountLimits.fargateProcessors / large.cpu);
  const size = `${large.cpu} vCPUs and ${large.memory / MEGABYTES_PER_GB} GB`;
  return [
    {
      what: 'large class',
      how: `${count} of ${size}: by default an account may run ${accountLimits.fargateProcessors} vCPUs on Fargate`,
      dollars: count * taskHour(large, price),
    },
  ];
}

/** A function that runs for an hour. */
function functionHour({ memory, ephemeralStorage }: Resources, price: Prices): number {
  const beyond = Math.max(0, ephemeralStorage - FREE_STORAGE_MEGABYTES) / MEGABYTES_PER_GB;
  return (
    computeGbSeconds(memory, SECONDS_PER_HOUR) * price.lambdaGbSecond +
    beyond * SECONDS_PER_HOUR * price.lambdaStorageGbSecond
  );
}

const toGigabytes = (bytes: number): number => Math.round(bytes / BYTES_PER_GB);

/** US dollars an hour of all lines that have a bound. */
export const totalDollars = (lines: readonly BillLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + (Number.isNaN(dollars) ? 0 : dollars), 0);
