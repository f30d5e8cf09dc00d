import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  LambdaClient,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { stackNames } from '../../infra/service.ts';
import { type Deployment, deploy } from '../../scripts/lib/deployment.ts';
import { removeOldVersions } from '../../scripts/lib/old-versions.ts';
import { deployedMachine, workerName } from '../integration/support/workers.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';

const { start, waitFor, execute, get } = serviceFromEnvironment();
const lambda = new LambdaClient({});

/** How the service under test was deployed. */
const deployment = JSON.parse(process.env['DEPLOYMENT'] ?? 'null') as Deployment | null;
if (!deployment)
  throw new Error('DEPLOYMENT is not set: run "npm run test:faults", which deploys and sets it');
const JOBS = 50;

async function versions(FunctionName: string): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client: lambda }, { FunctionName }))
    found.push(...Versions.map(({ Version }) => Version));
  return found.filter((version) => version !== '$LATEST');
}

/** Starts a job every second until it is told to stop, but not fewer than {@link JOBS}. */
async function startJobs(isOver: () => boolean): Promise<string[]> {
  const jobs: string[] = [];
  while (!isOver() || jobs.length < JOBS) {
    jobs.push(await startSurely({ inputs: { message: `job ${jobs.length}`, pause: 45 } }, jobs.length));
    await sleep(1000);
  }
  return jobs;
}

/** The emulator ends the processes of functions that it replaces, amid a request too (502): who hears that asks again. */
async function startSurely(body: object, number: number): Promise<string> {
  // With its key a request that has made a job gets that one.
  const headers = { Prefer: 'respond-async', 'Idempotency-Key': `deployment-${number}` };
  for (let attempt = 0; attempt < 5; attempt++) {
    const { status, json, text } = await execute('echo', body, headers);
    if (status === 201) return json.jobID;
    assert.equal(status, 502, text);
  }
  return assert.fail(`job ${number} could not be started`);
}

/** When the state machine calls another version: of jobs that were started before and ended after it, the deployment was outlasted. */
async function whenChanged(before: string, isOver: () => boolean): Promise<string> {
  while (!isOver()) {
    if ((await deployedMachine()).definition !== before) return new Date().toISOString();
    await sleep(500);
  }
  return assert.fail('The deployment has not changed the state machine');
}

describe('a deployment of another worker', () => {
  test('while jobs run breaks none of them: they end with the version that they were started with', async () => {
    const worker = await workerName('light');
    const [before, { definition }] = [await versions(worker), await deployedMachine()];
    let isOver = false;
    const starting = startJobs(() => isOver);
    const changing = whenChanged(definition, () => isOver);
    // Nothing of what the function does depends on its memory.
    process.env['WORKER_MEMORY'] = 'light=1500';
    try {
      await deploy(deployment);
      await sleep(1000);
    } finally {
      isOver = true;
    }
    const [jobs, changed, after] = [await starting, await changing, await versions(worker)];
    assert.equal(after.length, before.length + 1, 'The deployment has changed nothing');
    assert.ok(before.every((version) => after.includes(version)));
    const ended: { readonly started: string; readonly finished: string }[] = [];
    for (const [number, jobID] of jobs.entries()) {
      const job = await waitFor(jobID, ['successful', 'failed', 'dismissed'], 180);
      assert.equal(job.status, 'successful', JSON.stringify(job));
      assert.equal((await get(`/jobs/${jobID}/results`)).json.message, `job ${number}`);
      ended.push(job);
    }
    const outlasting = ended.filter(({ started, finished }) => started < changed && changed < finished);
    console.log(
      `${jobs.length} jobs, of which ${outlasting.length} ran when the deployment changed what they call`,
    );
    assert.ok(outlasting.length > 0, 'No job ran across the deployment');
    // Those who wait for the answer get it from the new one.
    const { status, text } = await execute('echo', { inputs: { message: 'a' } });
    assert.equal(status, 200, text);
    await waitFor(await start('echo', { inputs: { message: 'b' } }), ['successful']);
  });

  test('leaves versions that are removed days later, but for what is called then', async () => {
    const worker = await workerName('light');
    const before = await versions(worker);
    const inDays = new Date(Date.now() + 3 * 24 * 3_600_000);
    const { compute } = stackNames(deployment.stage ?? '');
    assert.equal(await removeOldVersions(compute), 0, 'Executions may still call them');
    // Somebody publishes a version by hand: what the workflow calls is not the last one any more.
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: worker, MemorySize: 1501 }));
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName: worker });
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: worker }));
    assert.ok((await removeOldVersions(compute, inDays)) > 0);
    const [, called] = new RegExp(`${worker}:(\\d+)`).exec((await deployedMachine()).definition) ?? [];
    assert.deepEqual(new Set(await versions(worker)), new Set([called, Version]));
    assert.ok(before.includes(called));
    await waitFor(await start('echo', { inputs: { message: 'c' } }), ['successful']);
    assert.equal((await execute('echo', { inputs: { message: 'd' } })).status, 200);
  });
});
