import { type TaskSize, taskHour } from '../../core/cost/fargate.ts';
import {
  API_SECONDS,
  EMPTY_POLLS_A_SECOND,
  jobUsage,
  LOG_BYTES,
  SWEEP_SECONDS,
} from '../../core/cost/job-usage.ts';
import { fixedPrices, HOURS_PER_MONTH, prices, REFERENCE_REGION } from '../../core/cost/prices.ts';
import {
  addUsages,
  invocation,
  itemise,
  monthly,
  multiplyUsage,
  noUsage,
  type Usage,
  usageCost,
} from '../../core/cost/usage.ts';
import { apiResources, classResources, taskResources } from '../../core/processes/class-resources.ts';
import { type ComputeClass, computeClasses } from '../../core/processes/declaration.ts';
import { SECONDS_PER_HOUR } from '../../core/shared/units.ts';

/** A user's case: so many jobs of a class, each of which its worker computes for so many seconds. */
export interface CostCase {
  readonly jobs: number;
  readonly computeClass: ComputeClass;
  readonly seconds: number;
  /** Into which each is divided; 0 where one worker does it. */
  readonly parts?: number;
  /** The task of the large class that each goes on as, after so many seconds of its worker. */
  readonly large?: { readonly size: TaskSize; readonly seconds: number };
}

export interface CaseCost {
  readonly usage: Usage;
  readonly parts: Readonly<Record<keyof Usage, number>>;
  /** US dollars of the tasks of the large class, where jobs go on as such. */
  readonly tasks?: number;
  /** US dollars. */
  readonly total: number;
}

const costed = (usage: Usage): CaseCost => ({ usage, parts: itemise(usage), total: usageCost(usage) });

/** What the jobs of a case cost, by what is charged for. */
export function costOfJobs({ jobs, computeClass, seconds, parts = 0, large }: CostCase): CaseCost {
  const functions = { api: apiResources, worker: classResources[computeClass] };
  const usage = addUsages(
    jobUsage(functions, { seconds, parts }),
    large ? taskUsage(large.seconds) : noUsage,
  );
  const costs = costed(multiplyUsage(usage, jobs));
  if (!large) return costs;
  const tasks = jobs * taskCost(large.size, large.seconds);
  return { ...costs, tasks, total: costs.total + tasks };
}

/** What a job that goes on as a task takes besides the task: the state that runs it, two changes of its record, and its progress. */
const taskUsage = (seconds: number): Usage => ({
  ...noUsage,
  transitions: 1,
  writeUnits: 2 * 2 + Math.floor(seconds / 2) * 2,
  objectReads: 1,
  logBytes: LOG_BYTES,
});

/** Fargate bills a task by the second from when its image is fetched, at least a minute. */
const LEAST_TASK_SECONDS = 60;

/** US dollars of a task with its public address. */
const taskCost = (size: TaskSize, seconds: number): number =>
  ((taskHour(size) + fixedPrices.addressHour) / 3600) * Math.max(LEAST_TASK_SECONDS, seconds);

/** Units of a read of the eight shards of an index that has next to nothing, and of the line of each class. */
const READ_UNITS_PER_SWEEP = (8 + computeClasses.length) * 0.5;

/** Asking the queues of waiting jobs in a month in which none waits: US dollars. */
export const costOfIdleQueues = (): number =>
  computeClasses.length *
  HOURS_PER_MONTH *
  SECONDS_PER_HOUR *
  EMPTY_POLLS_A_SECOND *
  prices[REFERENCE_REGION].sqsRequest;

/** A month in which nobody uses the service: the sweep, the queues of waiting jobs, and the secret that signs. */
export function costOfIdleMonth(): CaseCost {
  const sweeps = (HOURS_PER_MONTH * SECONDS_PER_HOUR) / SWEEP_SECONDS;
  const sweep = {
    ...invocation(taskResources, API_SECONDS),
    readUnits: READ_UNITS_PER_SWEEP,
    logBytes: LOG_BYTES,
  };
  const idle = costed(multiplyUsage(sweep, sweeps));
  return { ...idle, total: idle.total + costOfIdleQueues() + fixedPrices.secretMonth };
}

const listed = prices[REFERENCE_REGION];

/** Gigabytes of disk that a server and a database need at least. */
const SERVER_DISK = 20;

/** The smallest servers that are always on, each with what it consists of, in US dollars a month. */
export const alwaysOnServers: readonly { readonly title: string; readonly usd: number }[] = [
  {
    title:
      'Fargate, 1 task with 0.25 vCPU and 0.5 GB, a public address; RDS for PostgreSQL db.t4g.micro with 20 GB',
    usd:
      monthly(
        0.25 * listed.fargateCpuHour +
          0.5 * listed.fargateGbHour +
          fixedPrices.addressHour +
          fixedPrices.databaseHour,
      ) +
      SERVER_DISK * fixedPrices.databaseGbMonth,
  },
  {
    title: 'the same behind a load balancer, with 2 tasks of 1 vCPU and 2 GB',
    usd:
      monthly(
        2 * (listed.fargateCpuHour + 2 * listed.fargateGbHour + fixedPrices.addressHour) +
          fixedPrices.databaseHour +
          fixedPrices.loadBalancerHour +
          2 * fixedPrices.addressHour,
      ) +
      SERVER_DISK * fixedPrices.databaseGbMonth,
  },
  {
    title: 'EC2 t4g.small with 20 GB and a public address, its database on the same disk',
    usd: monthly(fixedPrices.instanceHour + fixedPrices.addressHour) + SERVER_DISK * fixedPrices.diskGbMonth,
  },
];

/** US dollars with the digits that matter. */
export const dollars = (usd: number): string => (usd >= 1 ? usd.toFixed(2) : usd.toPrecision(2));
