import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LambdaClient, paginateListVersionsByFunction } from '@aws-sdk/client-lambda';
import { type Deployment, deploy } from '../../scripts/lib/deployment.ts';
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

describe('a deployment of another worker', () => {
  test(`while ${JOBS} jobs run breaks none of them: they end with the version that they were started with`, async () => {
    const worker = await workerName('light');
    const [before, { definition }] = [await versions(worker), await deployedMachine()];
    const jobs: string[] = [];
    for (let number = 0; number < JOBS; number++) {
      // From jobs that end before the deployment has begun to those that outlast it.
      jobs.push(
        await start('echo', { inputs: { message: `job ${number}`, pause: Math.min(45, 5 + 2 * number) } }),
      );
    }
    const last = jobs.at(-1)!;
    await waitFor(last, ['running'], 120);
    // Nothing of what the function does depends on its memory.
    process.env['WORKER_MEMORY'] = 'light=1500';
    await deploy(deployment);
    const [after, changed] = [await versions(worker), await deployedMachine()];
    assert.equal(after.length, before.length + 1, 'The deployment has changed nothing');
    assert.ok(before.every((version) => after.includes(version)));
    assert.notEqual(changed.definition, definition);
    const ends = await Promise.all(
      jobs.map(async (jobID) => (await waitFor(jobID, ['successful', 'failed', 'dismissed'], 180)).status),
    );
    assert.deepEqual(new Set(ends), new Set(['successful']));
    for (const [number, jobID] of jobs.entries())
      assert.equal((await get(`/jobs/${jobID}/results`)).json.message, `job ${number}`);
    // Those who wait for the answer get it from the new one.
    const { status, text } = await execute('echo', { inputs: { message: 'a' } });
    assert.equal(status, 200, text);
    await waitFor(await start('echo', { inputs: { message: 'b' } }), ['successful']);
  });
});
