import { marshall } from '@aws-sdk/util-dynamodb';
import { anonymous } from '../../core/api/authorization.ts';
import type { OperationId } from '../../core/api/operations.ts';
import { append } from '../../core/shared/arrays.ts';
import { mapValues } from '../../core/shared/json.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { quotaNames } from '../../core/usage/quotas.ts';
import { itemFromJob } from '../../functions/aws/job-item.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import { lowerQuartile, median } from '../statistics.ts';
import { added, type Cost } from './cost.ts';
import type { Amount, FunctionProcess } from './function-process.ts';
import { entryOf, eventOf, type Request, startOperation, startWorker } from './functions.ts';
import { storedJob } from './stored-job.ts';

/** Events of a round, and rounds, the first two of which do not count. */
const amount: Amount = { count: 50, rounds: 12 };
const WARM_UP = 2;
/** Of what ends in many jobs that count to a quota. */
const fewer: Amount = { count: 10, rounds: 12 };
/** Jobs that are run to their end; the first third does not count. */
const JOBS = 240;
/** Looks at the status of a job before its results are got, as `docs/operate/cost.md` reckons. */
const LOOKS = 2;

const echo = { parameters: { processID: 'echo' }, body: { inputs: { message: 'Hello' } } };
/** All quotas there are, as a deployment has them unless it says otherwise, and none that would be met here. */
export const quotas = { QUOTAS: JSON.stringify(Object.fromEntries(quotaNames.map((name) => [name, 1e12]))) };

/**
 * What requests cost in processor time: each function runs as on Lambda, one request at a time in a process of its own, and calls
 * what stands in for AWS in another process.
 *
 * @param locate directory of the bundle of an entry
 * @param listed how many stored jobs the list is measured with
 */
export async function measureRequests(
  locate: (entry: string) => string,
  listed: readonly number[],
): Promise<Record<string, Cost>> {
  let worker: FunctionProcess | undefined;
  const standIn = new StandIn(async (_, event) => (await worker?.run([event]))?.answer ?? 'null');
  const endpoint = await standIn.start();
  const measure = async (
    request: Request,
    env: Record<string, string> = {},
    times: Amount = amount,
  ): Promise<Cost> => {
    const { operation } = request;
    const started = await startOperation(operation, locate(entryOf(operation)), endpoint, env);
    try {
      const event = eventOf(request);
      await started.run([event], { ...times, rounds: WARM_UP });
      standIn.take();
      const workerBefore = (await worker?.usage()) ?? 0;
      const { cpu, elapsed, answer } = await started.run([event], times);
      const { statusCode } = JSON.parse(answer) as { statusCode: number };
      if (statusCode >= 300) throw new Error(`${operation} answered ${answer}`);
      const count = times.count * times.rounds;
      const inWorker = (((await worker?.usage()) ?? 0) - workerBefore) / count;
      const { calls, units } = standIn.take();
      return {
        cpu: lowerQuartile(cpu) + (calls['lambda:Invoke'] ? inWorker : 0),
        p50: median(elapsed),
        calls: perRequest(calls, count),
        units: { read: units.read / count, write: units.write / count },
      };
    } finally {
      await started.stop();
    }
  };
  try {
    worker = await startWorker('light', locate('worker/light'), endpoint);
    const read = (operation: OperationId, parameters = {}) => measure({ operation, parameters });
    const costs: Record<string, Cost> = {
      landing: await read('getLandingPage'),
      list: await read('listProcesses'),
      describe: await read('describeProcess', { processID: 'echo' }),
      api: await read('getApi'),
      'api-gzip': await measure({ operation: 'getApi', headers: { 'Accept-Encoding': 'gzip' } }),
      sync: await measure({ operation: 'executeProcess', ...echo }),
      'sync-by-worker': await measure({ operation: 'executeProcess', ...echo }, { LIGHT_IN_REQUEST: 'off' }),
    };
    const headers = { Prefer: 'respond-async' };
    const start = await measure({ operation: 'executeProcess', ...echo, headers });
    const run = await measureJobs(worker, standIn);
    const parameters = { jobID: standIn.started[0] ?? '' };
    const status = await measure({ operation: 'getJob', parameters });
    const results = await measure({ operation: 'getJobResults', parameters });
    const looks = Array.from({ length: LOOKS }, () => status);
    Object.assign(costs, { status, start, run, results, async: added([start, run, ...looks, results]) });
    const before = standIn.started.length;
    const counted = await measure({ operation: 'executeProcess', ...echo, headers }, quotas, fewer);
    await worker.stop();
    worker = await startWorker('light', locate('worker/light'), endpoint, quotas);
    const counting = await measureJobs(worker, standIn, before);
    costs['async-counted'] = added([counted, counting, ...looks, results]);
    costs['sync-counted'] = await measure({ operation: 'executeProcess', ...echo }, quotas);
    await measureLists(costs, listed, locate);
    return costs;
  } finally {
    await worker?.stop();
    await standIn.stop();
  }
}

/** The worker runs jobs that were started. @param from the first of them */
async function measureJobs(worker: FunctionProcess, standIn: StandIn, from = 0): Promise<Cost> {
  const events = standIn.started
    .slice(from, from + JOBS)
    .map((jobID) => JSON.stringify({ kind: 'job', jobID }));
  const third = Math.floor(events.length / 3);
  await worker.run(events.slice(0, third), { count: third, rounds: 1 });
  const counted = events.slice(third);
  standIn.take();
  const before = await worker.usage();
  await worker.run(counted, { count: counted.length, rounds: 1 });
  const cpu = ((await worker.usage()) - before) / counted.length;
  const { calls, units } = standIn.take();
  const { read, write } = units;
  return {
    cpu,
    calls: perRequest(calls, counted.length),
    units: { read: read / counted.length, write: write / counted.length },
  };
}

/** The first page of ten jobs, with ever more of them stored: of each number a round in turn, so that noise meets all alike. */
async function measureLists(
  costs: Record<string, Cost>,
  listed: readonly number[],
  locate: (entry: string) => string,
): Promise<void> {
  const operation = 'listJobs';
  const event = eventOf({ operation });
  const lists: { readonly count: number; readonly standIn: StandIn; readonly started: FunctionProcess }[] =
    [];
  try {
    for (const count of listed) {
      const standIn = new StandIn();
      const endpoint = await standIn.start();
      lists.push({
        count,
        standIn,
        started: await startOperation(operation, locate(entryOf(operation)), endpoint),
      });
      for (let stored = 0; stored < count; stored++)
        standIn.table.answer('PutItem', { Item: marshall(itemFromJob(storedJob(stored, anonymous.owner))) });
    }
    const samples = new Map(listed.map((count) => [count, { cpu: [] as number[], elapsed: [] as number[] }]));
    for (let round = -WARM_UP; round < amount.rounds; round++)
      for (const { count, standIn, started } of lists) {
        const { cpu, elapsed } = await started.run([event], { count: amount.count, rounds: 1 });
        if (round < 0) standIn.take();
        else {
          append(samples.get(count)?.cpu ?? [], cpu);
          append(samples.get(count)?.elapsed ?? [], elapsed);
        }
      }
    for (const { count, standIn } of lists) {
      const { calls, units } = standIn.take();
      const times = amount.count * amount.rounds;
      const { cpu, elapsed } = requirePresent(samples.get(count), 'The samples');
      costs[`jobs-${count}`] = {
        cpu: lowerQuartile(cpu),
        p50: median(elapsed),
        calls: perRequest(calls, times),
        units: { read: units.read / times, write: units.write / times },
      };
    }
  } finally {
    for (const { standIn, started } of lists) {
      await started.stop();
      await standIn.stop();
    }
  }
}

/** Calls that come once in a while, as for the switch, are told with what they are of one request. */
const perRequest = (calls: Readonly<Record<string, number>>, count: number): Record<string, number> =>
  mapValues(calls, (number) => Number((number / count).toFixed(3)));
