import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Ports } from '../../../core/ports.ts';
import type { Quotas } from '../../../core/usage/quotas.ts';
import { type Claim, claimUsage } from '../../../functions/usage/claim-usage.ts';
import { RecentUsage } from '../../../functions/usage/recent-usage.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

const noon = '2026-11-29T12:00:00.000Z';

/** Functions that share a table, which counts how often it is read. */
function makeFunctions(quotas: Quotas, count = 1, now = noon, waits = false) {
  const ports = memoryPorts({ now, settings: { quotas, ...(waits && { waits }) } });
  const { usage: table, clock } = ports;
  const reads = { count: 0 };
  const { since } = table;
  table.since = (...asked) => {
    reads.count++;
    return since.call(table, ...asked);
  };
  const functions = Array.from(
    { length: count },
    (): Ports => ({ ...ports, usage: new RecentUsage(table, clock) }),
  );
  let executions = 0;
  const claim = (by = 0, kind: Claim['kind'] = 'sync') =>
    claimUsage({ id: `e${executions++}`, owner: 'one', kind, computeClass: 'light' }, functions[by] ?? ports);
  const claimOf = (bytes: number) =>
    claimUsage({ id: `u${executions++}`, owner: 'one', kind: 'upload', bytes }, ports);
  return { claim, claimOf, reads, table, clock, functions };
}

describe('executions in a row', () => {
  test('are let in by what was read a moment ago, and say what is left', async () => {
    const { claim, reads } = makeFunctions({ executionsPerDay: 5000 });
    for (let execution = 1; execution <= 50; execution++) {
      const { fields } = await claim();
      assert.equal(fields['RateLimit'], `"executionsPerDay";r=${5000 - execution};t=43200`);
    }
    assert.equal(reads.count, 1);
  });

  test('count as what they came to once that is known', async () => {
    const { claim, functions } = makeFunctions({ gbSecondsPerDay: 1000 });
    await claim();
    await functions[0]?.usage.settle('e0', { gbSeconds: 0.5, bytes: 0 });
    const { fields } = await claim();
    assert.equal(fields['RateLimit'], `"gbSecondsPerDay";r=${Math.floor(1000 - 0.5 - 12.5)};t=43200`);
  });

  test('are looked up again after five seconds, and on another day', async () => {
    const { claim, reads, clock } = makeFunctions({ executionsPerDay: 5000 }, 1, '2026-11-29T23:59:53.000Z');
    const readsAfter: number[] = [];
    for (const seconds of [0, 4, 2, 2]) {
      clock.advance(seconds);
      await claim();
      readsAfter.push(reads.count);
    }
    assert.deepEqual(readsAfter, [1, 1, 2, 3]);
  });

  test('are looked up again after a job of the owner, which counts for other quotas too', async () => {
    const { claim, reads } = makeFunctions({ executionsPerDay: 5000, runningJobs: 5 });
    await claim();
    await claim(0, 'job');
    const { fields } = await claim();
    assert.match(fields['RateLimit'] ?? '', /"runningJobs";r=4/);
    assert.equal(reads.count, 3);
  });

  test('jobs are counted one by one', async () => {
    const { claim, reads } = makeFunctions({ runningJobs: 100 });
    for (let job = 0; job < 5; job++) await claim(0, 'job');
    assert.equal(reads.count, 5);
  });

  test('what the index does not have yet is counted all the same by who has recorded it', async () => {
    const { claim, table } = makeFunctions({ executionsPerDay: 2 });
    table.since = async () => [];
    await claim();
    await claim();
    await assert.rejects(claim(), /2 of the 2 executions/);
  });
});

describe('functions that know nothing of one another', () => {
  test('let in no execution too many where few are left', async () => {
    const { claim } = makeFunctions({ executionsPerDay: 49 }, 20);
    for (let execution = 0; execution < 49; execution++) await claim(execution % 20);
    for (let by = 0; by < 20; by++) await assert.rejects(claim(by), { name: 'QuotaExceeded' });
  });

  test('a function alone lets in as many as are allowed', async () => {
    const { claim, reads } = makeFunctions({ executionsPerDay: 1000 });
    for (let execution = 0; execution < 1000; execution++) await claim();
    await assert.rejects(claim(), /1000 of the 1000 executions/);
    assert.ok(reads.count < 500, `${reads.count}`);
  });

  test('let in none too many in parallel, however far the index lags behind, where the throttles let in what they do', async () => {
    const { claim, table, clock, functions } = makeFunctions({ executionsPerDay: 420 }, 50);
    const { since } = table;
    // What was recorded is listed after a second.
    table.since = async (...asked) => {
      const entries = await since.call(table, ...asked);
      return entries.filter(({ created }) => Date.parse(created) < clock.now().getTime() - 1000);
    };
    let letIn = 0;
    for (let second = 0; second < 15; second++) {
      const claims = functions.map((_, by) => claim(by));
      letIn += (await Promise.allSettled(claims)).filter(({ status }) => status === 'fulfilled').length;
      clock.advance(1);
    }
    assert.equal(letIn, 420);
  });

  for (const kind of ['job', 'upload', 'sync'] as const)
    test(`let in exactly as many of 50 in parallel as a quota allows: ${kind}`, async () => {
      const { claim, table, functions } = makeFunctions({ executionsPerDay: 10 }, 50);
      // The index has nothing yet.
      table.since = async () => [];
      const settled = await Promise.allSettled(functions.map((_, by) => claim(by, kind)));
      assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 10);
      const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      assert.ok(refusals.every(({ name }) => name === 'QuotaExceeded'));
    });

  test('let exactly as many of 50 jobs in parallel run as may, and the others wait', async () => {
    const { claim, table, functions } = makeFunctions({ runningJobs: 8 }, 50, noon, true);
    table.since = async () => [];
    const claims = await Promise.all(functions.map((_, by) => claim(by, 'job')));
    assert.equal(claims.filter(({ waits }) => !waits).length, 8);
  });

  test('what is refused for its size takes no place of what is smaller', async () => {
    const { claimOf, table } = makeFunctions({ storedBytesPerDay: 1000 });
    table.since = async () => [];
    const [large, small] = await Promise.allSettled([claimOf(1001), claimOf(10)]);
    assert.deepEqual([large?.status, small?.status], ['rejected', 'fulfilled']);
    await claimOf(900);
    await assert.rejects(claimOf(100), { name: 'QuotaExceeded' });
    await claimOf(90);
  });

  test('each lets in a fiftieth of what was left at most, where others take all of it within five seconds', async () => {
    const { claim, clock } = makeFunctions({ executionsPerDay: 500 }, 2);
    await claim(0);
    for (let execution = 1; execution < 500; execution++) await claim(1);
    let tooMany = 0;
    await assert.rejects(async () => {
      for (;;) {
        await claim(0);
        tooMany++;
      }
    });
    assert.ok(tooMany <= 500 / 50, `${tooMany}`);
    clock.advance(5);
    await assert.rejects(claim(0), { name: 'QuotaExceeded' });
  });

  test('do not go beyond GB-seconds either', async () => {
    const { claim, table } = makeFunctions({ gbSecondsPerDay: 10_000 });
    await assert.rejects(
      async () => {
        for (;;) await claim();
      },
      { name: 'QuotaExceeded' },
    );
    const used = [...table.entries.values()].reduce((sum, { gbSeconds }) => sum + gbSeconds, 0);
    assert.equal(used, 10_000);
  });
});
