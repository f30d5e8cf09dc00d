import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Quotas } from '../../../core/usage/quotas.ts';
import { memoryService } from '../../support/memory-service.ts';

const async = { Prefer: 'respond-async' };
const body = { inputs: { message: 'a' } };
const noon = '2026-11-29T12:00:00.000Z';

/** A service with quotas whose jobs are never run, unless they are asked to be. */
function limited(quotas: Quotas, { runs = false, waits = true } = {}) {
  return memoryService({
    now: noon,
    settings: { quotas, waits },
    ...(runs ? {} : { runJob: async () => undefined }),
  });
}

describe('quotas of an owner', () => {
  test('running jobs: one more is answered 429 with what to do, and when to try again', async () => {
    const { execute } = limited({ runningJobs: 2 }, { waits: false });
    assert.equal((await execute('echo', body, async)).status, 201);
    const second = await execute('echo', body, async);
    assert.equal(second.headers.get('ratelimit'), '"runningJobs";r=0');
    const { status, json, headers } = await execute('echo', body, async);
    assert.equal(status, 429);
    assert.match(json.type, /#quota-exceeded$/);
    assert.match(json.detail, /^2 jobs have not ended, and up to 2 may run/);
    assert.equal(headers.get('retry-after'), '30');
    assert.equal(headers.get('ratelimit-policy'), '"runningJobs";q=2;qu="concurrent-requests"');
    assert.equal(headers.get('ratelimit'), '"runningJobs";r=0');
  });

  test('waiting jobs: those beyond the running ones are accepted to wait, one more is answered 429', async () => {
    const { execute, ports } = limited({ runningJobs: 1, waitingJobs: 2 });
    const left = [];
    for (let job = 0; job < 3; job++) {
      const { status, headers } = await execute('echo', body, async);
      assert.equal(status, 201);
      left.push(headers.get('ratelimit'));
    }
    assert.deepEqual(left, [
      '"runningJobs";r=0, "waitingJobs";r=2',
      '"runningJobs";r=0, "waitingJobs";r=1',
      '"runningJobs";r=0, "waitingJobs";r=0',
    ]);
    assert.deepEqual(
      ports.workflow.started.map(({ waits }) => waits),
      [undefined, true, true],
    );
    const { status, json, headers } = await execute('echo', body, async);
    assert.equal(status, 429);
    assert.match(json.detail, /^2 jobs are waiting, and up to 2 may wait/);
    assert.equal(headers.get('retry-after'), '30');
    assert.equal(ports.jobs.items.size, 3);
  });

  test('waiting jobs: a synchronous execution never waits', async () => {
    const { execute } = limited({ runningJobs: 1, waitingJobs: 1 });
    await execute('echo', body, async);
    assert.equal((await execute('echo', body)).status, 200);
  });

  test('a refused job leaves nothing behind', async () => {
    const { execute, ports } = limited({ runningJobs: 1 }, { waits: false });
    await execute('echo', body, async);
    await execute('echo', body, async);
    assert.equal(ports.jobs.items.size, 1);
    assert.equal(ports.workflow.started.length, 1);
    assert.equal(ports.usage.entries.size, 1);
    assert.equal(ports.storage.keys('jobs/').length, 1);
  });

  test('running jobs: a synchronous execution is none', async () => {
    const { execute } = limited({ runningJobs: 1 });
    await execute('echo', body, async);
    assert.equal((await execute('echo', body)).status, 200);
  });

  test('running jobs: those that have ended no longer count', async () => {
    const { execute, ports } = limited({ runningJobs: 1 }, { runs: true });
    for (let job = 0; job < 3; job++) {
      assert.equal((await execute('echo', body, async)).status, 201);
      await ports.workflow.settled();
    }
  });

  test('running jobs: a worker that died without a word does not block its owner for ever', async () => {
    const { execute, ports } = limited({ runningJobs: 1 }, { waits: false });
    const { json } = await execute('echo', body, async);
    const at = ports.clock.now().toISOString();
    await ports.jobs.change(json.jobID, { to: 'running', at });
    await ports.jobs.change(json.jobID, { to: 'failed', at: ports.clock.advance(100).toISOString() });
    assert.equal((await execute('echo', body, async)).status, 201);
    const entry = ports.usage.entries.get(json.jobID);
    assert.deepEqual([entry?.settled, entry?.gbSeconds], [true, 50]);
  });

  test('executions a day: both kinds and uploads count, until midnight UTC', async () => {
    const { execute, call, ports } = limited({ executionsPerDay: 3 });
    await execute('echo', body);
    await execute('echo', body, async);
    const upload = { method: 'POST', body: { mediaType: 'application/geo+json', size: 10 } } as const;
    assert.equal((await call('/uploads', upload)).status, 201);
    const { status, headers, json } = await execute('echo', body);
    assert.equal(status, 429);
    assert.equal(headers.get('retry-after'), '43200');
    assert.match(json.detail, /3 of the 3 executions and uploads allowed per day.*midnight UTC/);
    assert.equal((await call('/uploads', upload)).status, 429);
    ports.clock.advance(43_200);
    assert.equal((await execute('echo', body)).status, 200);
  });

  test('GB-seconds a day: what runs counts as the most that it may come to', async () => {
    const { execute, ports } = limited({ gbSecondsPerDay: 60 });
    const { json } = await execute('echo', body, async);
    assert.equal(ports.usage.entries.get(json.jobID)?.gbSeconds, 60);
    const refused = await execute('echo', body);
    assert.equal(refused.status, 429);
    assert.match(refused.json.detail, /60 of the 60 GB-seconds allowed per day/);
    assert.equal(refused.headers.get('ratelimit'), '"gbSecondsPerDay";r=0;t=43200');
  });

  test('stored bytes a day: uploads by their size, results by what the worker wrote', async () => {
    const { execute, call, ports } = limited({ storedBytesPerDay: 1000 }, { runs: true });
    const upload = (size: number) =>
      call('/uploads', { method: 'POST', body: { mediaType: 'application/geo+json', size } });
    const { json } = await execute('echo', body, async);
    await ports.workflow.settled();
    const written = ports.usage.entries.get(json.jobID)?.bytes ?? 0;
    const manifest = ports.storage.objects.get(`jobs/${json.jobID}/results.json`)?.body.length;
    assert.equal(written, manifest);
    assert.equal((await upload(1001 - written)).status, 429);
    assert.equal((await upload(1000 - written)).status, 201);
    assert.equal((await execute('echo', body)).status, 429);
  });

  test('are those of one owner', async () => {
    const { execute, ports } = limited({ runningJobs: 1 });
    await ports.usage.record({
      id: 'other',
      owner: 'somebody else',
      kind: 'job',
      created: noon,
      memory: 1,
      gbSeconds: 1,
      bytes: 0,
      expires: 0,
    });
    assert.equal((await execute('echo', body, async)).status, 201);
  });

  test('a request that is not valid uses nothing up', async () => {
    const { execute, ports } = limited({ executionsPerDay: 5 });
    assert.equal((await execute('echo', { inputs: {} })).status, 400);
    assert.equal(ports.usage.entries.size, 0);
  });

  test('without any nothing is counted, and no field is sent', async () => {
    const { execute, ports } = limited({});
    const { headers } = await execute('echo', body);
    assert.equal(headers.get('ratelimit'), null);
    assert.equal(ports.usage.entries.size, 0);
  });

  test('nothing begins that cannot be counted', async () => {
    for (const method of ['since', 'record'] as const) {
      const { execute, ports } = limited({ executionsPerDay: 5 });
      Object.assign(ports.usage, { [method]: () => Promise.reject(new Error('throttled')) });
      const { status, headers } = await execute('echo', body, async);
      assert.deepEqual([status, headers.get('retry-after')], [503, '5']);
      assert.equal(ports.jobs.items.size, 0);
    }
  });

  test('a result is told although what it used cannot be recorded; the most that it could be goes on to count', async () => {
    const { execute, ports } = limited({ executionsPerDay: 5 });
    ports.usage.settle = () => Promise.reject(new Error('throttled'));
    assert.equal((await execute('echo', body)).status, 200);
    const [entry] = ports.usage.entries.values();
    assert.equal(entry?.gbSeconds, (512 / 1024) * 25);
  });

  test('a job that could not be started uses no time up', async () => {
    const { execute, ports } = limited({ runningJobs: 1 });
    const { start } = ports.workflow;
    ports.workflow.start = () => Promise.reject(new Error('down'));
    assert.equal((await execute('echo', body, async)).status, 503);
    ports.workflow.start = start;
    assert.equal((await execute('echo', body, async)).status, 201);
  });
});

describe('the switch', () => {
  test('refuses executions of all kinds with the words of the operator, and nothing else', async () => {
    const { execute, get, call, ports } = memoryService();
    ports.executionSwitch.value = 'Maintenance until noon.';
    for (const headers of [{}, async]) {
      const { status, json, headers: answered } = await execute('echo', body, headers);
      assert.equal(status, 503);
      assert.match(json.type, /#executions-stopped$/);
      assert.equal(json.detail, 'Maintenance until noon.');
      assert.equal(answered.get('retry-after'), '300');
    }
    assert.equal((await get('/processes/echo/execution?message=a')).status, 503);
    assert.equal(
      (
        await call('/processes/buffer/execution?response=collection', {
          method: 'POST',
          body: { inputs: { features: { type: 'Point', coordinates: [5, 52] }, distance: 1 } },
        })
      ).status,
      503,
    );
    assert.equal((await call('/processes/echo/execution?dryRun=true', { method: 'POST', body })).status, 503);
    assert.equal((await get('/jobs')).status, 200);
    assert.equal(ports.workers.tasks.length + ports.workflow.started.length, 0);
    ports.executionSwitch.value = 'on';
    assert.equal((await execute('echo', body)).status, 200);
  });
});
