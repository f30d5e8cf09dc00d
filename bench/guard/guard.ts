import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { anonymous } from '../../core/api/authorization.ts';
import { operations } from '../../core/api/operations.ts';
import { itemFromJob } from '../../functions/aws/job-item.ts';
import { step } from '../../scripts/lib/progress.ts';
import { bundleFunctions } from '../api/bundle.ts';
import { entryOf, environmentOf, eventOf, type Request } from '../api/functions.ts';
import { quotas } from '../api/measure.ts';
import { storedJob } from '../api/stored-job.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import { findRegressions, readBaseline, recordBaseline } from './baseline.ts';
import { guardedComputations } from './guarded-computations.ts';
import { type Measured, measureGuarded } from './guarded-process.ts';

const echo = { parameters: { processID: 'echo' }, body: { inputs: { message: 'Hello' } } };
const STORED = 1000;

/** Requests that are guarded, and what their functions have in the environment besides the usual. */
const requests: Readonly<Record<string, Request & { readonly env?: Readonly<Record<string, string>> }>> = {
  'landing page': { operation: 'getLandingPage' },
  'list of processes': { operation: 'listProcesses' },
  'description of a process': { operation: 'describeProcess', parameters: { processID: 'buffer' } },
  'status of a job': { operation: 'getJob', parameters: { jobID: 'job-0' } },
  'list of jobs': { operation: 'listJobs' },
  'synchronous echo': { operation: 'executeProcess', ...echo },
  'synchronous echo, quotas on': { operation: 'executeProcess', ...echo, env: quotas },
  'start of a job': { operation: 'executeProcess', ...echo, headers: { Prefer: 'respond-async' } },
};

/**
 * Measures hot paths beside the reference work, and compares them with the baseline.
 *
 * @param directory for the bundles
 * @param record writes the baseline instead
 * @returns the exit code: 1 where something has become worse; 0 where there is no baseline, which is told
 */
export async function guard(directory: string, record: boolean): Promise<number> {
  const measured: Record<string, Measured> = {};
  const add = async (name: string, work: () => Promise<Measured>) => {
    const { ratio, kilobytes } = await work();
    measured[name] = { ratio: Number(ratio.toPrecision(3)), kilobytes: Number(kilobytes.toPrecision(3)) };
    console.log(
      `  ${name.padEnd(30)} ${ratio.toFixed(3).padStart(8)} ${kilobytes.toFixed(0).padStart(8)} KB`,
    );
  };
  await step('Measuring requests beside the reference work', () => measureRequests(directory, add));
  await step('Measuring computations beside the reference work', async () => {
    for (const processID of guardedComputations)
      await add(processID, () =>
        measureGuarded(
          join(import.meta.dirname, 'computations.ts'),
          { event: JSON.stringify({ processID }) },
          {},
        ),
      );
  });
  if (record) {
    recordBaseline(measured);
    console.log('\nRecorded the baseline');
    return 0;
  }
  const baseline = readBaseline();
  if (!baseline) {
    console.warn('\nNo baseline has been recorded: nothing was compared. Record one with --record.');
    return 0;
  }
  const found = findRegressions(measured, baseline);
  for (const sentence of found) console.error(sentence);
  return found.length === 0 ? 0 : 1;
}

async function measureRequests(
  directory: string,
  add: (name: string, work: () => Promise<Measured>) => Promise<void>,
): Promise<void> {
  const entries = [...new Set(Object.values(requests).map(({ operation }) => entryOf(operation)))];
  const locate = await bundleFunctions(entries, directory);
  const standIn = new StandIn();
  const endpoint = await standIn.start();
  try {
    for (let number = 0; number < STORED; number++)
      standIn.table.answer('PutItem', { Item: marshall(itemFromJob(storedJob(number, anonymous.owner))) });
    for (const [name, { env = {}, ...request }] of Object.entries(requests)) {
      const { operation } = request;
      const granted = environmentOf(operations[operation].capabilities, endpoint);
      const module = join(locate(entryOf(operation)).directory, 'index.mjs');
      await add(name, () => measureGuarded(module, { event: eventOf(request) }, { ...granted, ...env }));
    }
  } finally {
    await standIn.stop();
  }
}
