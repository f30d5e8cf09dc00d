import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';
import { endlessGeopackage } from './support/endless-geopackage.ts';
import { deployedMachine, findProcesses, withConfiguration, workerName } from './support/workers.ts';

/**
 * No job stays accepted or running, whatever happens to its worker. The emulator's instances are processes of
 * this machine, so they can be killed and stopped for real.
 */
const { get, start, waitFor, remove } = serviceFromEnvironment();
const sfn = new SFNClient({});
const paused = (pause: number) => ({ inputs: { message: 'a', pause } });

/**
 * Runs an action with a worker of its own for `echo` jobs, and with what sends a signal to that. Other instances are left alone: on
 * LocalStack, one that dies while nothing runs fails the task that it gets next.
 */
async function withOwnWorker(
  change: { readonly Timeout?: number },
  action: (sendSignal: (signal: NodeJS.Signals) => number[]) => Promise<void>,
): Promise<void> {
  const name = await workerName('light');
  const others = findProcesses(name);
  await withConfiguration(name, { ...change, variables: { OWN_WORKER: 'of a test' } }, () =>
    action((signal) => {
      const processes = findProcesses(name).filter((pid) => !others.includes(pid));
      assert.ok(processes.length > 0, 'No instance of the worker runs');
      for (const pid of processes) process.kill(pid, signal);
      return processes;
    }),
  );
}

async function findExecution(jobID: string): Promise<string> {
  const { stateMachineArn } = await deployedMachine();
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobID}`;
}

async function failed(jobID: string, detail: RegExp) {
  const job = await waitFor(jobID, ['failed', 'successful', 'dismissed'], 90);
  assert.equal(job.status, 'failed', JSON.stringify(job));
  // Time and memory are limits that the inputs exceed; anything else is a fault of the service.
  const status = /^\/inputs: The inputs are too much/.test(job.exception.detail) ? 413 : 500;
  assert.equal(job.exception.status, status);
  assert.match(job.exception.detail, detail);
  assert.ok(job.finished);
  const results = await get(`/jobs/${jobID}/results`);
  assert.equal(results.status, status);
  assert.equal(results.json.detail, job.exception.detail);
}

/** A worker that somebody kills looks like one that used too much memory. */
const ended = /ended unexpectedly|more memory/;

describe('a worker that cannot report', { concurrency: 1 }, () => {
  for (const [words, signal] of [
    ['is killed', 'SIGKILL'],
    ['crashes', 'SIGABRT'],
  ] as const)
    test(`${words} while it runs`, async () => {
      await withOwnWorker({}, async (sendSignal) => {
        const jobID = await start('echo', paused(50));
        await waitFor(jobID, ['running']);
        sendSignal(signal);
        await failed(jobID, ended);
      });
    });

  test('hangs until its time is over', async () => {
    await withOwnWorker({ Timeout: 8 }, async (sendSignal) => {
      const jobID = await start('echo', paused(50));
      await waitFor(jobID, ['running']);
      const stopped = sendSignal('SIGSTOP');
      try {
        await failed(jobID, /too much.*within its time limit/);
      } finally {
        const left = findProcesses(await workerName('light'));
        for (const pid of stopped) if (left.includes(pid)) process.kill(pid, 'SIGKILL');
      }
    });
  });

  test('runs out of memory', async () => {
    // The emulator enforces no memory size, so the heap is limited instead; the instance dies in the same way.
    const variables = { NODE_OPTIONS: '--max-old-space-size=14' };
    await withConfiguration(await workerName('light'), { variables }, async () => {
      const numbers = Array.from({ length: 1_900_000 }, (_, index) => index % 10);
      const jobID = await start('echo', { inputs: { message: 'a', numbers } });
      await failed(jobID, ended);
    });
  });
});

describe('a worker that can report', { concurrency: 1 }, () => {
  test('fails its job when its disk is full, and takes the next one', async () => {
    // As an address that holds it: a function in a container does not see the files of this machine.
    const module = readFileSync(join(import.meta.dirname, 'support', 'full-disk.mjs'), 'utf8');
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`;
    await withConfiguration(await workerName('vector'), { variables: { NODE_OPTIONS } }, async () => {
      const features = { type: 'Point', coordinates: [5, 52] };
      const format = { mediaType: 'application/geopackage+sqlite3' };
      const jobID = await start('convert-features', {
        inputs: { features },
        outputs: { result: { format } },
      });
      await failed(jobID, /too much.*more disk space/);
      await waitFor(await start('convert-features', { inputs: { features } }), ['successful']);
    });
  });

  test('fails its job itself before its time is over', async () => {
    await withConfiguration(await workerName('light'), { Timeout: 6 }, async () => {
      const jobID = await start('echo', paused(50));
      await failed(jobID, /too much.*within its time limit/);
    });
  });
});

test('a layer that is a query without end is refused before it runs, and the worker takes the next job', async () => {
  const features = { value: endlessGeopackage(), mediaType: 'application/geopackage+sqlite3' };
  const refused = await start('convert-features', { inputs: { features } });
  const job = await waitFor(refused, ['failed', 'successful', 'dismissed'], 90);
  assert.deepEqual([job.status, job.exception.status], ['failed', 400], JSON.stringify(job));
  const point = { type: 'Point', coordinates: [5, 52] };
  const next = await start('convert-features', { inputs: { features: point } });
  await waitFor(next, ['successful']);
});

test('an execution that the operator stops fails its job', unlessBroken('stoppedExecutions'), async () => {
  const jobID = await start('echo', paused(50));
  await waitFor(jobID, ['running']);
  await sfn.send(new StopExecutionCommand({ executionArn: await findExecution(jobID), error: 'Aborted' }));
  await failed(jobID, /stopped by the operator/);
});

describe('/req/dismiss/job-dismiss-success', () => {
  test('a running job is dismissed, its work stops, and it stays dismissed', async () => {
    const jobID = await start('echo', paused(50));
    await waitFor(jobID, ['running']);
    const { status, json } = await remove(`/jobs/${jobID}`);
    assert.equal(status, 200);
    assert.deepEqual([json.status, json.jobID, json.type], ['dismissed', jobID, 'process']);
    await sleep(4000);
    const job = (await get(`/jobs/${jobID}`)).json;
    assert.equal(job.status, 'dismissed');
    assert.match((await get(`/jobs/${jobID}/results`)).json.type, /result-not-available$/);
  });

  test('/req/dismiss/job-dismiss-status: a finished job is removed; then it is gone', async () => {
    const jobID = await start('echo', paused(0));
    await waitFor(jobID, ['successful']);
    assert.equal((await remove(`/jobs/${jobID}`)).json.status, 'dismissed');
    const { status, json } = await get(`/jobs/${jobID}`);
    assert.equal(status, 404);
    assert.match(json.type, /no-such-job$/);
    assert.equal((await get(`/jobs/${jobID}/results/message`)).status, 404);
    assert.equal((await remove(`/jobs/${jobID}`)).status, 410);
  });

  test('many dismissals at once and at the end of a job never fail', async () => {
    const jobID = await start('echo', paused(1));
    await sleep(900);
    const answers = await Promise.all(Array.from({ length: 6 }, () => remove(`/jobs/${jobID}`)));
    for (const { status } of answers) assert.ok([200, 404, 410].includes(status), String(status));
    assert.ok(answers.some(({ status }) => status === 200));
    await sleep(2000);
    const { status, json } = await get(`/jobs/${jobID}`);
    assert.ok(status === 404 || json.status === 'dismissed', JSON.stringify(json));
  });
});
