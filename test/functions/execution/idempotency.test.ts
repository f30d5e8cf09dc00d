import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sweepJobs } from '../../../functions/events/sweep-jobs.ts';
import { memoryService } from '../../support/memory-service.ts';

const body = { inputs: { message: 'a' } };
const asking = (key: string) => ({ Prefer: 'respond-async', 'Idempotency-Key': key });

describe('requests with the same Idempotency-Key', () => {
  test('make one job, while it runs, when it has ended and at the same time', async () => {
    const service = memoryService();
    const answers = await Promise.all([1, 2, 3].map(() => service.execute('echo', body, asking('"k-1"'))));
    await service.ports.workflow.settled();
    answers.push(await service.execute('echo', body, asking('k-1')));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(answers.map(({ headers }) => headers.get('Location'))).size, 1);
    assert.equal(answers.at(-1)?.json.status, 'successful');
    assert.equal(service.ports.workflow.started.length, 1);
  });

  test('with another body, or for another process, are refused', async () => {
    const service = memoryService();
    await service.execute('echo', body, asking('k-2'));
    const other = await service.execute('echo', { inputs: { message: 'b' } }, asking('k-2'));
    assert.equal(other.status, 422);
    assert.match(other.json.type, /idempotency-key-reused$/);
    const point = { type: 'Point', coordinates: [5, 52] };
    const process = await service.execute('convert-features', { inputs: { features: point } }, asking('k-2'));
    assert.equal(process.status, 422);
    assert.equal(service.ports.jobs.items.size, 1);
  });

  test('that are a day apart make two jobs, and so do two keys', async () => {
    const service = memoryService({ now: '2026-03-01T12:00:00.000Z' });
    await service.execute('echo', body, asking('k-3'));
    service.ports.clock.advance(86_399);
    await service.execute('echo', body, asking('k-3'));
    assert.equal(service.ports.jobs.items.size, 1);
    service.ports.clock.advance(1);
    await service.execute('echo', body, asking('k-3'));
    await service.execute('echo', body, asking('k-4'));
    assert.equal(service.ports.jobs.items.size, 3);
  });

  test('make another job only where the first could not be started', async () => {
    const service = memoryService();
    const { workflow } = service.ports;
    const start = workflow.start.bind(workflow);
    workflow.start = async () => Promise.reject(new Error('Throttled'));
    const { ports } = service;
    const unstarted = async () => {
      assert.equal((await service.execute('echo', body, asking('k-5'))).status, 503);
      return [...ports.jobs.items.values()].map((job) => 'status' in job && job.status);
    };
    assert.deepEqual(await unstarted(), ['accepted']);
    ports.clock.advance(300);
    await sweepJobs(ports);
    assert.deepEqual(await unstarted(), ['failed', 'accepted']);
    workflow.start = start;
    assert.equal((await service.execute('echo', body, asking('k-5'))).status, 201);
    assert.equal((await service.execute('echo', body, asking('k-5'))).status, 201);
    assert.equal(workflow.started.length, 1);
    assert.equal(ports.jobs.items.size, 2);
  });

  test('do not fail the job that another one is starting in this moment', async () => {
    const service = memoryService();
    const { workflow, jobs } = service.ports;
    const start = workflow.start.bind(workflow);
    let other: ReturnType<typeof service.execute> | undefined;
    workflow.start = async (...args) => {
      workflow.start = async () => Promise.reject(new Error('Throttled'));
      other = service.execute('echo', body, asking('k-8'));
      assert.equal((await other).status, 503);
      return start(...args);
    };
    assert.equal((await service.execute('echo', body, asking('k-8'))).status, 201);
    await workflow.settled();
    assert.deepEqual(
      [...jobs.items.values()].map((job) => 'status' in job && job.status),
      ['successful'],
    );
  });

  test('are told when their job was removed', async () => {
    const service = memoryService();
    const { headers } = await service.execute('echo', body, asking('k-6'));
    await service.ports.workflow.settled();
    assert.equal((await service.call(headers.get('Location') ?? '', { method: 'DELETE' })).status, 200);
    assert.equal((await service.execute('echo', body, asking('k-6'))).status, 410);
  });

  test('are executed each where the client waits: no job is made that could be doubled', async () => {
    const service = memoryService();
    for (const message of ['a', 'b'])
      assert.equal(
        (await service.execute('echo', { inputs: { message } }, { 'Idempotency-Key': 'k-7' })).status,
        200,
      );
  });

  test('are answered with the job of the first while the operator has stopped executions, which begin nothing', async () => {
    const service = memoryService();
    const { workflow, executionSwitch, jobs } = service.ports;
    const first = await service.execute('echo', body, asking('k-9'));
    await workflow.settled();
    executionSwitch.value = 'Maintenance until noon.';
    const again = await service.execute('echo', body, asking('k-9'));
    assert.deepEqual(
      [again.status, again.headers.get('Location'), again.json.status],
      [201, first.headers.get('Location'), 'successful'],
    );
    const waited = { ...asking('k-9'), Prefer: 'wait=5' };
    assert.equal((await service.execute('echo', body, waited)).status, 200);
    for (const headers of [
      asking('k-10'),
      { ...waited, 'Idempotency-Key': 'k-11' },
      { 'Idempotency-Key': 'k-9' },
    ]) {
      const { status, json } = await service.execute('echo', body, headers);
      assert.deepEqual([status, json.detail], [503, 'Maintenance until noon.']);
    }
    assert.equal((await service.execute('echo', { inputs: { message: 'b' } }, asking('k-9'))).status, 422);
    assert.deepEqual([jobs.items.size, workflow.started.length], [1, 1]);
    executionSwitch.value = 'on';
    assert.equal((await service.execute('echo', body, asking('k-10'))).status, 201);
  });

  test('do not begin what the first has left undone while the operator has stopped executions', async () => {
    const service = memoryService();
    const { workflow, executionSwitch } = service.ports;
    const start = workflow.start.bind(workflow);
    workflow.start = async () => Promise.reject(new Error('Throttled'));
    assert.equal((await service.execute('echo', body, asking('k-12'))).status, 503);
    workflow.start = start;
    executionSwitch.value = 'Maintenance until noon.';
    const { status, json } = await service.execute('echo', body, asking('k-12'));
    assert.deepEqual([status, json.status, workflow.started.length], [201, 'accepted', 0]);
    executionSwitch.value = 'on';
    assert.equal((await service.execute('echo', body, asking('k-12'))).status, 201);
    assert.equal(workflow.started.length, 1);
  });

  test('a key that is none is refused before a job is made', async () => {
    const service = memoryService();
    assert.equal((await service.execute('echo', body, asking('a, b'))).status, 400);
    assert.equal(service.ports.jobs.items.size, 0);
  });
});
