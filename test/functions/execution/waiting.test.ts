import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ComputeClass } from '../../../core/processes/declaration.ts';
import { exampleJob } from '../../support/jobs.ts';
import type { MemoryPorts } from '../../support/memory/ports.ts';
import { memoryService } from '../../support/memory-service.ts';

const async = { Prefer: 'respond-async' };
const body = { inputs: { message: 'a' } };

/** Jobs that wait in a line, one after the other. */
async function fillLine({ jobs }: MemoryPorts, computeClass: ComputeClass, owners: readonly string[]) {
  const ids: string[] = [];
  for (const [second, owner] of owners.entries()) {
    const created = `2026-01-31T12:00:0${second}.000Z`;
    const job = exampleJob({ owner, created });
    await jobs.create(job);
    await jobs.wait(job.jobID, { computeClass, token: `${second}` }, created);
    ids.push(job.jobID);
  }
  return ids;
}
const idle = { runJob: async () => undefined };

describe('a new job', () => {
  test('tries its worker where nobody waits for one of its class', async () => {
    const { execute, ports } = memoryService(idle);
    await fillLine(ports, 'raster', ['somebody']);
    assert.equal((await execute('echo', body, async)).status, 201);
    assert.deepEqual(ports.workflow.started[0]?.waits, undefined);
  });

  test('does not overtake those who wait', async () => {
    const { execute, ports } = memoryService(idle);
    await fillLine(ports, 'light', ['somebody']);
    assert.equal((await execute('echo', body, async)).status, 201);
    assert.deepEqual(ports.workflow.started[0]?.waits, true);
  });

  test('is made although it cannot be seen whether anybody waits, or where jobs do not wait at all', async () => {
    for (const settings of [{ waits: true }, { waits: false }]) {
      const { execute, ports } = memoryService({ ...idle, settings });
      ports.jobs.line = () => Promise.reject(new Error('throttled'));
      assert.equal((await execute('echo', body, async)).status, 201);
      assert.deepEqual(ports.workflow.started[0]?.waits, undefined);
    }
  });
});

describe('a job that waits', () => {
  test('is accepted, and says its place', async () => {
    const { get, ports } = memoryService();
    const [, , ours] = await fillLine(ports, 'vector', ['other', 'other', 'anonymous']);
    const { json } = await get(`/jobs/${ours}`);
    assert.deepEqual([json.status, json.message], ['accepted', 'Waiting: about 1 job ahead']);
    assert.equal(json.waiting, undefined);
    const { json: list } = await get('/jobs');
    assert.equal(list.jobs[0].message, 'Waiting for its turn');
  });

  test('is told of also where its place cannot be read', async () => {
    const { get, ports } = memoryService();
    const [ours] = await fillLine(ports, 'vector', ['anonymous']);
    ports.jobs.line = () => Promise.reject(new Error('throttled'));
    const { status, json } = await get(`/jobs/${ours}`);
    assert.deepEqual([status, json.message], [200, 'Waiting for its turn']);
  });

  test('can be dismissed at once, and leaves the line', async () => {
    const { call, ports } = memoryService();
    const [ours, next] = await fillLine(ports, 'vector', ['anonymous', 'anonymous']);
    const { json } = await call(`/jobs/${ours}`, { method: 'DELETE' });
    assert.equal(json.status, 'dismissed');
    assert.deepEqual(ports.workflow.stopped, [ours]);
    assert.deepEqual(
      (await ports.jobs.line('vector', 10)).map(({ jobID }) => jobID),
      [next],
    );
  });
});
