import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import type { Ports } from '../../core/ports.ts';
import { Bucket } from '../../functions/aws/bucket.ts';
import { deploy, STAGE, useEmulator } from '../../scripts/lib/deployment.ts';
import { type Emulator, freePort, startEmulator } from '../../scripts/lib/emulator.ts';
import { local } from '../../scripts/lib/paths.ts';
import { deployedBucket } from '../integration/support/buckets.ts';
import { functionVariables } from '../integration/support/workers.ts';
import { serviceClient } from '../support/service-client.ts';

/*
 * All of AWS stopped amid running and waiting jobs, and started again with what it had kept: tables, objects, queues and functions are
 * there, executions do not go on. Whatever is lost is found by the sweep, whose time goes on here by hours.
 */
const SWEEP = 'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified';
const HOUR = 3_600_000;
const RUNNING = 3;
const final = ['successful', 'failed', 'dismissed'];

const directory = join(local, `test-${process.pid}`);
const port = await freePort();
const start = () => startEmulator({ port, directory, persistent: true });
let emulator: Emulator;
let service: ReturnType<typeof serviceClient>;

before(async () => {
  mkdirSync(directory, { recursive: true });
  emulator = await start();
  useEmulator(emulator.endpoint);
  const settings = { QUOTAS: `runningJobs=${RUNNING},waitingJobs=50` };
  const { endpoint } = emulator;
  // Of functions of another name than those of the other files, whose processes are killed.
  const stage = `${STAGE}-${process.pid}`;
  service = serviceClient(
    await deploy({ stage, endpoint, directory, egressAllowHosts: undefined, settings }),
  );
});
after(() => emulator.stop());

/** Sweeps as the deployed function does, so much later. */
async function sweepLater(milliseconds: number): Promise<void> {
  Object.assign(process.env, await functionVariables(SWEEP));
  // What they read is read when they are loaded.
  const { awsPorts } = await import('../../functions/aws/ports.ts');
  const { sweepJobs } = await import('../../functions/events/sweep-jobs.ts');
  const clock = { ...awsPorts().clock, now: () => new Date(Date.now() + milliseconds) };
  await sweepJobs({ ...awsPorts(), clock } as Ports);
}

describe('AWS that is stopped and started again', { concurrency: 1 }, () => {
  const key = { 'Idempotency-Key': '"before-the-stop"' };
  const jobs = { ended: [] as string[], running: [] as string[], waiting: [] as string[], dismissed: '' };
  const all = () => [...jobs.ended, ...jobs.running, ...jobs.waiting, jobs.dismissed];
  const statusOf = async (jobID: string) => (await service.get(`/jobs/${jobID}`)).json;

  test('has jobs that have ended, run, wait and are dismissed', async () => {
    for (let count = 0; count < 4; count++) {
      const message = 'x'.repeat(count === 0 ? 50_000 : 5);
      const jobID = await service.start('echo', { inputs: { message } }, count === 3 ? key : {});
      await service.waitFor(jobID, ['successful'], 60);
      jobs.ended.push(jobID);
    }
    for (let count = 0; count < RUNNING; count++) {
      const jobID = await service.start('echo', { inputs: { message: 'a', pause: 50 } });
      await service.waitFor(jobID, ['running'], 60);
      jobs.running.push(jobID);
    }
    for (let count = 0; count < 4; count++)
      jobs.waiting.push(await service.start('echo', { inputs: { message: 'a', pause: 50 } }));
    jobs.dismissed = jobs.waiting.pop()!;
    assert.equal((await service.remove(`/jobs/${jobs.dismissed}`)).status, 200);
    for (const jobID of jobs.waiting) assert.equal((await statusOf(jobID)).status, 'accepted');
  });

  test('has lost no job, and no result, when it is there again', async () => {
    await emulator.stop();
    emulator = await start();
    for (const jobID of jobs.ended) {
      const { status, json } = await service.get(`/jobs/${jobID}/results`);
      assert.deepEqual([status, typeof json], [200, 'object']);
    }
    assert.equal((await service.get(`/jobs/${jobs.ended[0]}/results/message`)).status < 400, true);
    for (const jobID of [...jobs.running, ...jobs.waiting])
      assert.ok(['accepted', 'running'].includes((await statusOf(jobID)).status));
    assert.equal((await statusOf(jobs.dismissed)).status, 'dismissed');
    const { json } = await service.get('/jobs?limit=100');
    assert.deepEqual(json.jobs.map((job: { jobID: string }) => job.jobID).sort(), all().sort());
  });

  test('answers a request that comes again with the job of before', async () => {
    assert.equal(await service.start('echo', { inputs: { message: 'xxxxx' } }, key), jobs.ended[3]);
  });

  test('ends what ran within two hours as lost, and says that the inputs are not at fault', async () => {
    await sweepLater(2 * HOUR);
    for (const jobID of jobs.running) {
      const { status, exception } = await statusOf(jobID);
      assert.equal(status, 'failed');
      assert.match(exception.detail, /inputs are not at fault/);
    }
    for (const jobID of jobs.ended) assert.equal((await statusOf(jobID)).status, 'successful');
  });

  test('runs jobs that come now, as those that are lost do not count any more', async () => {
    const jobID = await service.start('echo', { inputs: { message: 'after' } });
    const { status } = await service.waitFor(jobID, final, 90);
    assert.equal(status, 'successful');
    jobs.ended.push(jobID);
  });

  test('ends what waited within a day and some hours for the same reason', async () => {
    await sweepLater(26 * HOUR);
    for (const jobID of jobs.waiting) {
      const { status, exception } = await statusOf(jobID);
      assert.equal(status, 'failed');
      assert.match(exception.detail, /inputs are not at fault/);
    }
  });

  test('has objects of successful jobs, and the requests of failed ones, and nothing else', async () => {
    await sweepLater(27 * HOUR);
    const storage = new Bucket(
      new S3Client({ forcePathStyle: true }),
      await deployedBucket(new S3Client({ forcePathStyle: true })),
    );
    const left = new Map<string, string[]>();
    for (const objectKey of await storage.list('jobs/')) {
      const [, jobID = '', ...rest] = objectKey.split('/');
      left.set(jobID, [...(left.get(jobID) ?? []), rest.join('/')]);
    }
    for (const [jobID, names] of left) {
      const { status } = await statusOf(jobID);
      assert.ok(final.includes(status), `${jobID} is ${status}`);
      const kept = names.filter((name) => name !== 'log.json').sort();
      if (status === 'successful') assert.ok(kept.includes('results.json') && kept.includes('request.json'));
      else assert.deepEqual(kept, status === 'failed' ? ['request.json'] : [], `${jobID} is ${status}`);
    }
    assert.ok(left.size >= jobs.ended.length);
  });
});
