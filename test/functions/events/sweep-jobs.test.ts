import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Job, jobKeys } from '../../../core/jobs/job.ts';
import { reconcileExecution } from '../../../functions/events/reconcile-execution.ts';
import { sweepJobs } from '../../../functions/events/sweep-jobs.ts';
import { exampleJob } from '../../support/jobs.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory/ports.ts';

console.warn = () => undefined;
console.error = () => undefined;

const NOW = '2026-01-31T12:00:00.000Z';
const SIX_MINUTES = 360;
const failedUri = 'https://client.example/failed';
const successUri = 'https://client.example/success';
const subscribed: Partial<Job> = {
  request: { ...exampleJob().request, subscriber: { failedUri, successUri } },
  notifications: {},
};

const withJob = async (members: Partial<Job> = {}) => {
  const ports = memoryPorts({ now: NOW });
  const job = exampleJob({ created: NOW, updated: NOW, expires: 4e9, ...members });
  await ports.jobs.create(job);
  return { ports, jobID: job.jobID };
};
const storedJob = async (ports: MemoryPorts, jobID: string): Promise<Job> => {
  const job = await ports.jobs.get(jobID);
  assert.ok(job && job !== 'removed');
  return job;
};
const isDue = async ({ jobs, clock }: MemoryPorts) => (await jobs.due(clock.now(), 10)).length > 0;

describe('the sweep', () => {
  test('does nothing where nothing is due', async () => {
    const { ports, jobID } = await withJob();
    assert.deepEqual(await sweepJobs(ports), { due: 0, failed: 0, errors: 0 });
    assert.equal((await storedJob(ports, jobID)).status, 'accepted');
  });

  test('fails a job that was recorded and never started: its function died in between', async () => {
    const { ports, jobID } = await withJob();
    ports.clock.advance(SIX_MINUTES);
    assert.deepEqual(await sweepJobs(ports), { due: 1, failed: 1, errors: 0 });
    const { status, exception, finished } = await storedJob(ports, jobID);
    assert.deepEqual([status, finished, exception?.status], ['failed', '2026-01-31T12:06:00.000Z', 503]);
    assert.match(exception?.detail ?? '', /could not start the job/);
    assert.equal(await isDue(ports), false);
  });

  test('lets a job run whose parts wait for workers, and fails one that is lost', async () => {
    for (const [inParts, expected] of [
      [true, 'running'],
      [false, 'failed'],
    ] as const) {
      const { ports, jobID } = await withJob({ status: 'running' });
      ports.workflow.states.set(jobID, { status: 'RUNNING' });
      if (inParts) await ports.storage.put(jobKeys.partList(jobID), '[]', 'application/json');
      ports.clock.advance(2 * 3600);
      await sweepJobs(ports);
      assert.equal((await storedJob(ports, jobID)).status, expected);
    }
  });

  test('fails jobs whose execution has ended without them, with its reason', async () => {
    for (const status of ['accepted', 'running'] as const) {
      const { ports, jobID } = await withJob({ status });
      ports.workflow.states.set(jobID, { status: 'FAILED', error: 'States.Timeout' });
      ports.clock.advance(SIX_MINUTES);
      await sweepJobs(ports);
      const job = await storedJob(ports, jobID);
      assert.equal(job.status, 'failed');
      assert.match(job.exception?.detail ?? '', /within its time limit/);
    }
  });

  test('leaves a job alone whose execution runs, and looks again later', async () => {
    const { ports, jobID } = await withJob({ status: 'running', started: NOW });
    ports.workflow.states.set(jobID, { status: 'RUNNING' });
    ports.clock.advance(SIX_MINUTES);
    assert.deepEqual(await sweepJobs(ports), { due: 1, failed: 0, errors: 0 });
    assert.equal((await storedJob(ports, jobID)).status, 'running');
    assert.equal(await isDue(ports), false);
    ports.clock.advance(600);
    assert.equal(await isDue(ports), true);
  });

  test('stops an execution that says that it runs long after any worker has ended', async () => {
    const { ports, jobID } = await withJob({ status: 'running', started: NOW });
    ports.workflow.states.set(jobID, { status: 'RUNNING' });
    ports.clock.advance(2 * 3600);
    assert.equal((await sweepJobs(ports)).failed, 1);
    assert.deepEqual(ports.workflow.stopped, [jobID]);
    assert.equal((await storedJob(ports, jobID)).status, 'failed');
  });

  test('lets a job be that ends while it is looked at', async () => {
    const { ports, jobID } = await withJob({ status: 'running', started: NOW });
    ports.clock.advance(SIX_MINUTES);
    const describe = ports.workflow.describe.bind(ports.workflow);
    ports.workflow.describe = async (id) => {
      await ports.jobs.change(jobID, { to: 'successful', at: NOW, progress: 100 });
      return describe(id);
    };
    assert.equal((await sweepJobs(ports)).failed, 0);
    assert.equal((await storedJob(ports, jobID)).status, 'successful');
  });

  test('looks at all others when one cannot be looked at, and says so', async () => {
    const { ports, jobID } = await withJob();
    const other = exampleJob({ created: NOW, expires: 4e9 });
    await ports.jobs.create(other);
    ports.clock.advance(SIX_MINUTES);
    const describe = ports.workflow.describe.bind(ports.workflow);
    ports.workflow.describe = async (id) => {
      if (id === jobID) throw new Error('throttled');
      return describe(id);
    };
    await assert.rejects(sweepJobs(ports), /1 jobs could not be looked at/);
    assert.equal((await storedJob(ports, other.jobID)).status, 'failed');
    assert.equal((await storedJob(ports, jobID)).status, 'accepted');
    ports.workflow.describe = describe;
    assert.equal((await sweepJobs(ports)).failed, 1);
  });

  test('ends any number of jobs, sweep by sweep', async () => {
    const ports = memoryPorts({ now: NOW });
    for (let count = 0; count < 900; count++)
      await ports.jobs.create(exampleJob({ created: NOW, expires: 4e9 }));
    ports.clock.advance(SIX_MINUTES);
    const failed = [await sweepJobs(ports), await sweepJobs(ports), await sweepJobs(ports)];
    assert.deepEqual(
      failed.map((sweep) => sweep.failed),
      [400, 400, 100],
    );
  });
});

describe('the sweep deletes what a job without results should not have', () => {
  const withOutputs = async (status: 'running' | 'successful') => {
    const { ports, jobID } = await withJob({ status, started: NOW });
    for (const key of [
      jobKeys.request(jobID),
      jobKeys.log(jobID),
      jobKeys.output(jobID, 'a'),
      jobKeys.results(jobID),
    ])
      await ports.storage.put(key, 'x', 'text/plain');
    return { ports, jobID };
  };
  const keysAfter = async (ports: MemoryPorts, seconds: number) => {
    ports.clock.advance(seconds);
    await sweepJobs(ports);
    return ports.storage.keys().map((key) => key.split('/').slice(2).join('/'));
  };

  test('of one that failed, when no worker can be left: the outputs, not what tells why', async () => {
    const { ports, jobID } = await withOutputs('running');
    await ports.jobs.change(jobID, { to: 'failed', at: NOW, staysDue: true });
    assert.equal((await keysAfter(ports, 1190)).length, 4);
    assert.deepEqual(await keysAfter(ports, 20), ['log.json', 'request.json']);
    assert.equal(ports.jobs.unsettled, 0);
  });

  test('of one that was dismissed: everything', async () => {
    const { ports, jobID } = await withOutputs('running');
    await ports.jobs.change(jobID, { to: 'dismissed', at: NOW, staysDue: true });
    assert.deepEqual(await keysAfter(ports, 1210), []);
    assert.equal(ports.jobs.unsettled, 0);
  });

  test('of one that was removed: what a worker has written since', async () => {
    const { ports, jobID } = await withOutputs('successful');
    await ports.jobs.remove(jobID, '2026-01-31T12:20:00.000Z');
    assert.deepEqual(await keysAfter(ports, 1210), []);
    assert.equal(ports.jobs.unsettled, 0);
  });

  test('nothing of one that succeeded', async () => {
    const { ports, jobID } = await withOutputs('running');
    await ports.jobs.change(jobID, { to: 'successful', at: NOW, staysDue: true });
    assert.equal((await keysAfter(ports, 1210)).length, 4);
    assert.equal(ports.jobs.unsettled, 0);
  });
});

describe('whoever ends a job tells its subscriber, once', () => {
  const listNotifications = ({ egress }: MemoryPorts) =>
    egress.posted.map(({ href, body }) => [href, JSON.parse(body).status]);

  test('the sweep', async () => {
    const { ports, jobID } = await withJob(subscribed);
    ports.clock.advance(SIX_MINUTES);
    await sweepJobs(ports);
    assert.deepEqual(listNotifications(ports), [[failedUri, 'failed']]);
    const { notifications } = await storedJob(ports, jobID);
    assert.deepEqual(notifications?.failedUri, {
      at: '2026-01-31T12:06:00.000Z',
      delivered: true,
      status: 204,
    });
    assert.equal(await isDue(ports), false);
  });

  test('the sweep again, where the subscriber did not answer or the sweep died', async () => {
    const { ports, jobID } = await withJob(subscribed);
    ports.egress.answers.set(failedUri, 503);
    ports.clock.advance(SIX_MINUTES);
    await sweepJobs(ports);
    ports.egress.answers.delete(failedUri);
    ports.clock.advance(1200);
    await sweepJobs(ports);
    ports.clock.advance(7200);
    await sweepJobs(ports);
    assert.deepEqual(listNotifications(ports), [
      [failedUri, 'failed'],
      [failedUri, 'failed'],
    ]);
    assert.equal((await storedJob(ports, jobID)).notifications?.failedUri?.delivered, true);
  });

  test('the sweep gives up an hour after the end of the job', async () => {
    const { ports } = await withJob(subscribed);
    ports.egress.answers.set(failedUri, 503);
    for (let sweep = 0; sweep < 20; sweep++) {
      ports.clock.advance(1200);
      await sweepJobs(ports);
    }
    assert.ok(ports.egress.posted.length <= 5);
    ports.clock.advance(86_400);
    assert.equal(await isDue(ports), false);
  });

  test('who could not start a job leaves its subscriber to the sweep', async () => {
    const { ports, jobID } = await withJob(subscribed);
    await ports.jobs.change(jobID, { to: 'failed', at: NOW, staysDue: true });
    ports.clock.advance(SIX_MINUTES);
    await sweepJobs(ports);
    await sweepJobs(ports);
    assert.deepEqual(listNotifications(ports), [[failedUri, 'failed']]);
  });

  test('the event of an execution that failed, also when it comes twice', async () => {
    const { ports, jobID } = await withJob(subscribed);
    const event = { detail: { name: jobID, status: 'ABORTED' } };
    assert.equal((await reconcileExecution(event, ports)).failed, true);
    ports.clock.advance(60);
    assert.equal((await reconcileExecution(event, ports)).failed, false);
    assert.deepEqual(listNotifications(ports), [[failedUri, 'failed']]);
  });

  test('the event, where the function that ended the job died before it could', async () => {
    const { ports, jobID } = await withJob(subscribed);
    await ports.jobs.change(jobID, { to: 'failed', at: NOW });
    await reconcileExecution({ detail: { name: jobID, status: 'FAILED' } }, ports);
    assert.deepEqual(listNotifications(ports), [[failedUri, 'failed']]);
  });

  test('the event, where the workflow was stopped before it could tell of a success', async () => {
    const { ports, jobID } = await withJob({ ...subscribed, status: 'running' });
    ports.workflow.states.set(jobID, { status: 'ABORTED' });
    await ports.storage.put(
      jobKeys.results(jobID),
      JSON.stringify({
        processID: 'echo',
        outputs: [{ id: 'message', mediaType: 'application/json', size: 3, encoding: 'json', content: 'a' }],
      }),
      'application/json',
    );
    await ports.jobs.change(jobID, { to: 'successful', at: NOW, progress: 100 });
    for (let count = 0; count < 2; count++)
      assert.equal(
        (await reconcileExecution({ detail: { name: jobID, status: 'ABORTED' } }, ports)).failed,
        false,
      );
    assert.deepEqual(
      ports.egress.posted.map(({ href }) => href),
      [successUri],
    );
  });

  test('the event comes again for a subscriber that does not answer', async () => {
    const { ports, jobID } = await withJob(subscribed);
    ports.egress.answers.set(failedUri, 500);
    await assert.rejects(reconcileExecution({ detail: { name: jobID, status: 'FAILED' } }, ports), /500/);
    assert.equal((await storedJob(ports, jobID)).status, 'failed');
  });

  test('several who think of it at the same time send one callback', async () => {
    const { ports, jobID } = await withJob(subscribed);
    ports.clock.advance(SIX_MINUTES);
    const event = { detail: { name: jobID, status: 'FAILED' } };
    await Promise.allSettled([
      sweepJobs(ports),
      reconcileExecution(event, ports),
      reconcileExecution(event, ports),
    ]);
    assert.deepEqual(listNotifications(ports), [[failedUri, 'failed']]);
  });

  test('nobody is told of a dismissed job', async () => {
    const { ports, jobID } = await withJob(subscribed);
    await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
    await reconcileExecution({ detail: { name: jobID, status: 'ABORTED' } }, ports);
    assert.deepEqual(listNotifications(ports), []);
  });
});

describe('the sweep of a job that waits for its turn', () => {
  const waiting = async (...created: string[]) => {
    const ports = memoryPorts({ now: NOW });
    const jobs = created.map((at) => exampleJob({ created: at, updated: at, expires: 4e9 }));
    for (const { jobID, created: at } of jobs) {
      await ports.jobs.create(jobs.find((job) => job.jobID === jobID)!);
      await ports.jobs.wait(jobID, { computeClass: 'vector', token: jobID }, at);
      ports.workflow.states.set(jobID, { status: 'RUNNING' });
    }
    return { ports, jobs };
  };

  test('lets it wait for a day, and sends the ticket of the next one of its owner again, which may be lost', async () => {
    const { ports, jobs } = await waiting(NOW, '2026-01-31T12:00:01.000Z');
    ports.clock.advance(SIX_MINUTES);
    assert.deepEqual(await sweepJobs(ports), { due: 2, failed: 0, errors: 0 });
    const [{ jobID, owner }] = jobs as [Job, Job];
    assert.deepEqual(ports.line.tickets, [{ ticket: { computeClass: 'vector', owner, jobID }, seconds: 0 }]);
    ports.clock.advance(23 * 3600);
    assert.deepEqual(await sweepJobs(ports), { due: 2, failed: 0, errors: 0 });
  });

  test('fails it then, and says that the service was too busy', async () => {
    const { ports, jobs } = await waiting(NOW);
    ports.clock.advance(25 * 3600);
    assert.deepEqual(await sweepJobs(ports), { due: 1, failed: 1, errors: 0 });
    const { status, exception } = await storedJob(ports, jobs[0]!.jobID);
    assert.deepEqual([status, exception?.status], ['failed', 503]);
    assert.match(exception?.detail ?? '', /too busy/);
    assert.deepEqual(ports.workflow.stopped, [jobs[0]!.jobID]);
  });
});
