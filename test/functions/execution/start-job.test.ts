import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JobChange } from '../../../core/jobs/job.ts';
import { sweepJobs } from '../../../functions/events/sweep-jobs.ts';
import { memoryService } from '../../support/memory-service.ts';

console.warn = () => undefined;
console.error = () => undefined;

const NOW = '2026-01-31T12:00:00.000Z';
const failedUri = 'https://client.example/failed';
const asynchronous = { Prefer: 'respond-async' };

/** A service whose executions cannot be started. */
function withoutWorkflow() {
  const service = memoryService({ now: NOW });
  service.ports.workflow.start = async () => {
    throw new Error('ThrottlingException');
  };
  const job = async () => {
    const { jobs, clock } = service.ports;
    const page = await jobs.list('anonymous', {}, 10, undefined, clock.now());
    assert.equal(page.jobs.length, 1);
    return page.jobs[0]!;
  };
  const execute = (members = {}) =>
    service.execute('echo', { inputs: { message: 'a' }, ...members }, asynchronous);
  return { ...service, job, execute };
}

describe('a job that cannot be started', () => {
  test('fails, and the client is told that it may try again', async () => {
    const { execute, job } = withoutWorkflow();
    const { status, headers, json } = await execute();
    assert.equal(status, 503);
    assert.equal(headers.get('Retry-After'), '5');
    assert.match(json.detail, /could not start the job/);
    const failed = await job();
    assert.deepEqual([failed.status, failed.exception?.status], ['failed', 503]);
  });

  test('is failed by the sweep where that cannot be recorded', async () => {
    const { execute, job, ports } = withoutWorkflow();
    const change = ports.jobs.change.bind(ports.jobs);
    ports.jobs.change = async () => {
      throw new Error('ProvisionedThroughputExceededException');
    };
    assert.equal((await execute()).status, 503);
    ports.jobs.change = change;
    assert.equal((await job()).status, 'accepted');
    ports.clock.advance(299);
    await sweepJobs(ports);
    assert.equal((await job()).status, 'accepted');
    ports.clock.advance(1);
    await sweepJobs(ports);
    assert.equal((await job()).status, 'failed');
  });

  test('is failed by the sweep where the function died between record and start', async () => {
    const service = memoryService({ now: NOW });
    const { ports } = service;
    // A promise that is never settled is a function that ended there.
    const died = Promise.withResolvers<void>();
    ports.workflow.start = () => {
      died.resolve();
      return new Promise(() => undefined);
    };
    void service.execute('echo', { inputs: { message: 'a' } }, asynchronous);
    await died.promise;
    ports.clock.advance(300);
    assert.equal((await sweepJobs(ports)).failed, 1);
  });

  test('goes on where it was recorded although the answer to that was lost', async () => {
    const service = memoryService({ now: NOW });
    const { ports } = service;
    const create = ports.jobs.create.bind(ports.jobs);
    ports.jobs.create = async (made) => {
      await create(made);
      throw new Error('TimeoutError');
    };
    assert.equal((await service.execute('echo', { inputs: { message: 'a' } }, asynchronous)).status, 201);
    await ports.workflow.settled();
    assert.deepEqual(
      [...ports.jobs.items.values()].map((job) => 'status' in job && job.status),
      ['successful'],
    );
  });

  test('goes on where its execution was started although the answer to that was lost', async () => {
    const service = memoryService({ now: NOW });
    const { ports } = service;
    const start = ports.workflow.start.bind(ports.workflow);
    ports.workflow.start = async (...args) => {
      await start(...args);
      throw new Error('TimeoutError');
    };
    assert.equal((await service.execute('echo', { inputs: { message: 'a' } }, asynchronous)).status, 201);
    await ports.workflow.settled();
    assert.deepEqual(
      [...ports.jobs.items.values()].map((job) => 'status' in job && job.status),
      ['successful'],
    );
  });

  test('fails where it cannot be found out whether its execution was started', async () => {
    const { execute, job, ports } = withoutWorkflow();
    ports.workflow.describe = async () => {
      throw new Error('ThrottlingException');
    };
    assert.equal((await execute()).status, 503);
    assert.equal((await job()).status, 'failed');
  });

  test('its subscriber is told by the sweep, once', async () => {
    const { execute, job, ports } = withoutWorkflow();
    const changes: JobChange[] = [];
    const change = ports.jobs.change.bind(ports.jobs);
    ports.jobs.change = (jobID, made) => {
      changes.push(made);
      return change(jobID, made);
    };
    await execute({ subscriber: { failedUri } });
    assert.deepEqual(ports.egress.posted, []);
    ports.clock.advance(300);
    await sweepJobs(ports);
    await sweepJobs(ports);
    assert.deepEqual(
      ports.egress.posted.map(({ href }) => href),
      [failedUri],
    );
    assert.equal((await job()).notifications?.failedUri?.delivered, true);
    assert.equal(changes.length, 1);
  });
});
