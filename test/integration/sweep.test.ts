import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Job } from '../../core/jobs/job.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { exampleJob } from '../support/jobs.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { fixtureUrl, waitForCallbacks } from './support/fixtures.ts';
import { deployedTable } from './support/tables.ts';
import { functionName, invoke } from './support/workers.ts';

/** The deployed sweep, its index and its grants, with jobs that nobody ends. */
const { get, start, waitFor, remove } = serviceFromEnvironment();
const client = new DynamoDBClient({});
after(() => client.destroy());
const store = new JobTable(client, await deployedTable(client), systemClock);
const sweep = await functionName(
  'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified',
);

/** A job that was recorded an hour ago by a function that then died. */
async function abandonedJob(members: Partial<Job> = {}): Promise<Job> {
  const created = new Date(Date.now() - 3_600_000).toISOString();
  const job = exampleJob({ owner: randomUUID(), created, updated: created, ...members });
  await store.create(job);
  return job;
}

describe('a sweep', { concurrency: 1 }, () => {
  test('fails a job that was recorded and never started, and tells its subscriber once', async () => {
    const name = randomUUID();
    const failedUri = `${fixtureUrl}/callbacks/${name}`;
    const { jobID } = await abandonedJob({
      request: { ...exampleJob().request, subscriber: { failedUri } },
      notifications: {},
    });
    await invoke(sweep);
    await invoke(sweep);
    const job = (await store.get(jobID)) as Job;
    assert.equal(job.status, 'failed');
    assert.match(job.exception?.detail ?? '', /could not start/);
    assert.equal(job.notifications?.failedUri?.delivered, true);
    const told = await waitForCallbacks(name);
    assert.deepEqual(
      told.map(({ body }) => JSON.parse(body).status),
      ['failed'],
    );
    assert.ok(!(await store.due(new Date(), 1000)).includes(jobID));
  });

  test('fails a job that has run in an execution that is not there', async () => {
    const { jobID } = await abandonedJob({ status: 'running', started: new Date().toISOString() });
    await invoke(sweep);
    assert.equal(((await store.get(jobID)) as Job).status, 'failed');
  });

  test('lets a job run whose execution runs', async () => {
    const jobID = await start('echo', { inputs: { message: 'a', pause: 50 } });
    await waitFor(jobID, ['running']);
    await store.postpone(jobID, new Date(0).toISOString());
    assert.ok((await store.due(new Date(), 1000)).includes(jobID));
    await invoke(sweep);
    assert.ok(!(await store.due(new Date(), 1000)).includes(jobID));
    assert.equal((await get(`/jobs/${jobID}`)).json.status, 'running');
    assert.equal((await remove(`/jobs/${jobID}`)).status, 200);
  });
});
