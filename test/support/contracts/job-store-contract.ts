import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { problemFromFailure } from '../../../core/jobs/failures.ts';
import type { KeyClaim } from '../../../core/jobs/idempotency-key.ts';
import type { Job } from '../../../core/jobs/job.ts';
import type { JobStore } from '../../../core/ports.ts';
import { exampleJob } from '../jobs.ts';

const at = (second: number) => `2026-01-31T12:00:${String(second).padStart(2, '0')}.000Z`;

/** A JobStore without its list: what every implementation must do. @param makeStore an empty or shared store */
export function jobStoreContract(makeStore: () => Promise<JobStore>): void {
  const stored = async (
    members: Partial<Job> = {},
  ): Promise<{ store: JobStore; job: Job; jobID: string }> => {
    const store = await makeStore();
    const job = exampleJob(members);
    await store.create(job);
    return { store, job, jobID: job.jobID };
  };
  const ended = async () => {
    const { store, job, jobID } = await stored();
    await store.change(jobID, { to: 'running', at: at(1) });
    await store.change(jobID, { to: 'successful', at: at(2), progress: 100 });
    return { store, job, jobID };
  };

  describe('create and get', () => {
    test('gives back what was stored, and nothing for what was not', async () => {
      const { store, job } = await stored({
        exception: problemFromFailure('crash'),
        request: { ...exampleJob().request, subscriber: { successUri: 'https://example.org/ok' } },
      });
      assert.deepEqual(await store.get(job.jobID), job);
      assert.equal(await store.get(randomUUID()), undefined);
    });

    test('refuses an id that exists', async () => {
      const { store, jobID } = await stored();
      await assert.rejects(store.create(exampleJob({ jobID, created: at(9) })), /exists/);
    });

    test('forgets a job when its retention is over, even before it is deleted', async () => {
      const { store, jobID } = await stored({ expires: Math.floor(Date.now() / 1000) - 1 });
      assert.equal(await store.get(jobID), undefined);
    });
  });

  describe('claimKey', () => {
    const claim = (members: Partial<KeyClaim> = {}): KeyClaim => ({
      key: randomUUID(),
      fingerprint: 'one',
      jobID: randomUUID(),
      expires: Math.floor(Date.now() / 1000) + 3600,
      ...members,
    });

    test('lets a key stand for the first job of many, whatever comes with it later', async () => {
      const store = await makeStore();
      const key = randomUUID();
      const claims = ['one', 'two', 'three', 'four', 'five'].map((fingerprint) =>
        claim({ key, fingerprint }),
      );
      const held = await Promise.all(claims.map((each) => store.claimKey(each)));
      assert.equal(new Set(held.map(({ jobID }) => jobID)).size, 1);
      const [first] = held;
      assert.ok(claims.some(({ jobID }) => jobID === first?.jobID));
      assert.deepEqual(await store.claimKey(claims[4]!), first);
    });

    test('lets it stand for another job instead of that one alone, or when its time is over', async () => {
      const store = await makeStore();
      const first = claim();
      const second = claim({ key: first.key });
      await store.claimKey(first);
      assert.deepEqual(await store.claimKey(second, 'another'), first);
      assert.deepEqual(await store.claimKey(second, first.jobID), second);
      const over = claim({ expires: Math.floor(Date.now() / 1000) - 1 });
      await store.claimKey(over);
      const next = claim({ key: over.key });
      assert.deepEqual(await store.claimKey(next), next);
    });
  });

  describe('change', () => {
    test('/req/core/job-success: records times, progress and message along the life of a job', async () => {
      const { store, job, jobID } = await stored();
      const running = await store.change(jobID, { to: 'running', at: at(1), message: 'Running' });
      assert.deepEqual(running, {
        ...job,
        status: 'running',
        started: at(1),
        updated: at(1),
        message: 'Running',
      });
      const end = await store.change(jobID, { to: 'successful', at: at(2), progress: 100 });
      assert.deepEqual(end, {
        ...running,
        status: 'successful',
        finished: at(2),
        updated: at(2),
        progress: 100,
      });
      assert.deepEqual(await store.get(jobID), end);
    });

    test('keeps the first start of a worker that is started again', async () => {
      const { store, jobID } = await stored();
      await store.change(jobID, { to: 'running', at: at(1) });
      const again = await store.change(jobID, { to: 'running', at: at(3) });
      assert.deepEqual([again?.started, again?.updated], [at(1), at(3)]);
    });

    test('keeps why a job failed', async () => {
      const { store, jobID } = await stored();
      const exception = problemFromFailure('memory');
      const failed = await store.change(jobID, { to: 'failed', at: at(1), exception });
      assert.deepEqual(failed?.exception, exception);
    });

    test('stores the end of a job whose faults would fill an item many times over', async () => {
      const { store, jobID } = await stored();
      const errors = Array.from({ length: 20_000 }, (_, index) => ({
        pointer: `/inputs/x/${index}`,
        detail: 'is not a number. '.repeat(10),
      }));
      const exception = { ...problemFromFailure('crash'), detail: 'x'.repeat(1_000_000), errors };
      const failed = await store.change(jobID, {
        to: 'failed',
        at: at(1),
        message: 'y'.repeat(1e6),
        exception,
      });
      assert.equal(failed?.status, 'failed');
      assert.ok(failed.exception?.errors?.length);
    });

    test('refuses to leave a final state, or to change what is not there', async () => {
      const { store, jobID } = await stored();
      await store.change(jobID, { to: 'dismissed', at: at(1) });
      for (const to of ['accepted', 'running', 'successful', 'failed', 'dismissed'] as const) {
        assert.equal(await store.change(jobID, { to, at: at(2) }), undefined, to);
      }
      assert.equal(((await store.get(jobID)) as Job).status, 'dismissed');
      assert.equal(await store.change(randomUUID(), { to: 'running', at: at(1) }), undefined);
    });

    test('takes the same change twice: a write whose answer was lost is sent again', async () => {
      const { store, jobID } = await stored();
      await store.change(jobID, { to: 'running', at: at(1) });
      const first = await store.change(jobID, { to: 'successful', at: at(2), progress: 100 });
      assert.ok(first);
      assert.deepEqual(await store.change(jobID, { to: 'successful', at: at(2), progress: 100 }), first);
    });

    test('lets one of many ends win', async () => {
      const { store, jobID } = await stored({ status: 'running', started: at(0) });
      const ends = (['successful', 'failed', 'dismissed'] as const).flatMap((to, index) => [
        store.change(jobID, { to, at: at(10 + index) }),
        store.change(jobID, { to, at: at(20 + index) }),
      ]);
      const winners = (await Promise.all(ends)).filter((job) => job !== undefined);
      assert.equal(winners.length, 1);
      assert.deepEqual(await store.get(jobID), winners[0]);
    });
  });

  describe('progress', () => {
    test('goes forward only; a late report is no sign that the job has ended', async () => {
      const { store, jobID } = await stored({ status: 'running', started: at(0) });
      assert.equal(await store.progress(jobID, 40, 'Almost half', at(1)), true);
      assert.equal(await store.progress(jobID, 20, 'Late', at(2)), true);
      const job = (await store.get(jobID)) as Job;
      assert.deepEqual([job.progress, job.message, job.updated], [40, 'Almost half', at(1)]);
      assert.equal(await store.progress(jobID, 40, undefined, at(3)), true);
      assert.equal(((await store.get(jobID)) as Job).message, 'Almost half');
    });

    test('tells the worker when the job no longer runs', async () => {
      const { store, jobID } = await stored();
      assert.equal(await store.progress(jobID, 1, undefined, at(1)), false);
      await store.change(jobID, { to: 'dismissed', at: at(1) });
      assert.equal(await store.progress(jobID, 1, undefined, at(2)), false);
      assert.equal(await store.progress(randomUUID(), 1, undefined, at(2)), false);
      const end = await ended();
      assert.equal(await end.store.progress(end.jobID, 5, undefined, at(9)), false);
    });
  });

  describe('due', () => {
    const dueAt = async (store: JobStore, time: string) => new Set(await store.due(new Date(time), 1000));
    const isDue = async (store: JobStore, jobID: string, time = later) =>
      (await dueAt(store, time)).has(jobID);
    const later = '2026-01-31T12:05:00.000Z';

    test('has a job from five minutes after it was made until it ends', async () => {
      const { store, jobID } = await stored();
      assert.equal(await isDue(store, jobID, '2026-01-31T12:04:59.999Z'), false);
      assert.equal(await isDue(store, jobID), true);
      await store.change(jobID, { to: 'running', at: at(1) });
      await store.progress(jobID, 10, 'On', at(2));
      assert.equal(await isDue(store, jobID), true);
      await store.change(jobID, { to: 'successful', at: at(3), progress: 100 });
      assert.equal(await isDue(store, jobID, '2999-01-01T00:00:00.000Z'), false);
    });

    test('loses a job with every kind of end', async () => {
      for (const to of ['failed', 'dismissed'] as const) {
        const { store, jobID } = await stored();
        await store.change(jobID, { to, at: at(1) });
        assert.equal(await isDue(store, jobID), false, to);
      }
    });

    test('has a removed job from the time that is wanted until that is settled', async () => {
      const { store, jobID } = await ended();
      assert.equal(await isDue(store, jobID), false);
      await store.remove(jobID, at(30));
      assert.equal(await isDue(store, jobID, at(29)), false);
      assert.equal(await isDue(store, jobID), true);
      await store.settle(jobID, 'successful');
      assert.equal(await isDue(store, jobID), true);
      await store.postpone(jobID, at(40));
      assert.equal(await isDue(store, jobID, at(35)), false);
      await store.settle(jobID, 'removed');
      assert.equal(await isDue(store, jobID), false);
      assert.equal(await store.get(jobID), 'removed');
    });

    test('loses a job whose subscriber was told of its success, and no other', async () => {
      const { store, jobID } = await stored({ notifications: {} });
      await store.change(jobID, { to: 'running', at: at(1) });
      await store.notified(jobID, 'inProgressUri', { at: at(1), delivered: true, status: 204 });
      await store.change(jobID, { to: 'successful', at: at(2), progress: 100, staysDue: true });
      await store.notified(jobID, 'successUri', { at: at(3), delivered: false, detail: 'No answer' });
      assert.equal(await isDue(store, jobID), true);
      await store.notified(jobID, 'successUri', { at: at(4), delivered: true, status: 204 });
      assert.equal(await isDue(store, jobID), false);
    });

    test('has the longest due first, as many as are wanted, and each job once', async () => {
      const store = await makeStore();
      // Older than anything that other tests leave behind.
      const jobs = [3, 1, 2, 0].map((hour) => exampleJob({ created: `1999-01-01T0${hour}:00:00.000Z` }));
      for (const job of jobs) await store.create(job);
      const now = new Date('1999-01-02T00:00:00.000Z');
      const expected = [3, 1, 2, 0].map((place) => jobs[place]!.jobID);
      assert.deepEqual(await store.due(now, 10), expected);
      assert.deepEqual(await store.due(now, 2), expected.slice(0, 2));
      for (const { jobID } of jobs) await store.change(jobID, { to: 'failed', at: at(1) });
      assert.deepEqual(await store.due(now, 10), []);
    });

    test('can be put off, but never for a job that has ended', async () => {
      const { store, jobID } = await stored();
      await store.postpone(jobID, '2026-01-31T13:00:00.000Z');
      assert.equal(await isDue(store, jobID), false);
      assert.equal(await isDue(store, jobID, '2026-01-31T13:00:00.000Z'), true);
      await store.change(jobID, { to: 'failed', at: at(1) });
      await store.postpone(jobID, at(1));
      assert.equal(await isDue(store, jobID), false);
      await store.postpone(randomUUID(), at(1));
    });

    test('keeps a job that has ended while its subscriber is untold, until that is settled', async () => {
      const { store, jobID } = await stored();
      await store.settle(jobID, 'accepted');
      assert.equal(await isDue(store, jobID), true);
      await store.change(jobID, { to: 'failed', at: at(1), staysDue: true });
      assert.equal(await isDue(store, jobID), true);
      await store.settle(jobID, 'dismissed');
      await store.settle(jobID, 'removed');
      assert.equal(await isDue(store, jobID), true);
      await store.settle(jobID, 'failed');
      assert.equal(await isDue(store, jobID), false);
      assert.equal(((await store.get(jobID)) as Job).status, 'failed');
    });
  });

  describe('notifications', () => {
    const subscribed = () => stored({ notifications: {} });
    const time = (second: number) => new Date(Date.parse(at(0)) + second * 1000).toISOString();

    test('one of many who want to tell the subscriber does it', async () => {
      const { store, jobID } = await subscribed();
      const claims = await Promise.all(
        [1, 2, 3, 4].map((second) => store.claimNotification(jobID, 'failedUri', at(second))),
      );
      assert.deepEqual(claims.sort(), ['granted', 'taken', 'taken', 'taken']);
    });

    test('what was delivered is not told again; what was not, is', async () => {
      const { store, jobID } = await subscribed();
      assert.equal(await store.claimNotification(jobID, 'successUri', at(1)), 'granted');
      await store.notified(jobID, 'successUri', { at: at(2), delivered: false, detail: 'No answer' });
      assert.equal(await store.claimNotification(jobID, 'successUri', at(3)), 'granted');
      await store.notified(jobID, 'successUri', { at: at(4), delivered: true, status: 204 });
      assert.equal(await store.claimNotification(jobID, 'successUri', time(3600)), 'told');
      assert.equal(await store.claimNotification(jobID, 'inProgressUri', at(5)), 'granted');
    });

    test('who was about to tell and died makes room after a minute', async () => {
      const { store, jobID } = await subscribed();
      await store.claimNotification(jobID, 'failedUri', time(0));
      assert.equal(await store.claimNotification(jobID, 'failedUri', time(59)), 'taken');
      assert.equal(await store.claimNotification(jobID, 'failedUri', time(61)), 'granted');
    });

    test('two claims of the same moment are two claims', async () => {
      const { store, jobID } = await subscribed();
      await store.claimNotification(jobID, 'failedUri', at(1));
      assert.equal(await store.claimNotification(jobID, 'failedUri', at(1)), 'taken');
    });

    test('nobody is told of a job without subscriber, or of none', async () => {
      const { store, jobID } = await stored();
      assert.equal(await store.claimNotification(jobID, 'failedUri', at(1)), 'told');
      assert.equal(await store.claimNotification(randomUUID(), 'failedUri', at(1)), 'told');
    });
  });

  describe('remove', () => {
    test('leaves a tombstone that knows the owner, once', async () => {
      const { store, job, jobID } = await ended();
      assert.equal(await store.ownerOfRemoved(jobID), undefined);
      assert.equal(await store.remove(jobID, at(30)), true);
      assert.equal(await store.get(jobID), 'removed');
      assert.equal(await store.ownerOfRemoved(jobID), job.owner);
      assert.equal(await store.remove(jobID, at(30)), false);
      assert.equal(await store.remove(randomUUID(), at(30)), false);
    });

    test('never takes a job that may still run', async () => {
      const { store, job, jobID } = await stored();
      assert.equal(await store.remove(jobID, at(30)), false);
      assert.deepEqual(await store.get(jobID), job);
    });

    test('is for good: nothing brings the job back', async () => {
      const { store, jobID } = await ended();
      await store.remove(jobID, at(30));
      assert.equal(await store.change(jobID, { to: 'running', at: at(5) }), undefined);
      assert.equal(await store.change(jobID, { to: 'successful', at: at(2), progress: 100 }), undefined);
      assert.equal(await store.progress(jobID, 50, 'Alive', at(5)), false);
      await assert.rejects(store.create(exampleJob({ jobID })), /exists/);
      assert.equal(await store.get(jobID), 'removed');
    });
  });

  describe('the line', () => {
    const waiting = { computeClass: 'vector', token: 'one' } as const;
    const inLine = async (owner: string, ...seconds: number[]) => {
      const store = await makeStore();
      const jobs = seconds.map((second) => exampleJob({ owner, created: at(second) }));
      for (const job of jobs) {
        await store.create(job);
        await store.wait(job.jobID, waiting, at(9));
      }
      return { store, ids: jobs.map(({ jobID }) => jobID) };
    };
    const idsOf = async (store: JobStore, owner: string, limit = 10) =>
      (await store.line('vector', limit, owner)).map(({ jobID }) => jobID);

    test('has accepted jobs that wait, those of an owner oldest first, as many as are wanted', async () => {
      const owner = randomUUID();
      const { store, ids } = await inLine(owner, 3, 1, 2);
      const expected = [ids[1], ids[2], ids[0]];
      assert.deepEqual(await idsOf(store, owner), expected);
      assert.deepEqual(await idsOf(store, owner, 2), expected.slice(0, 2));
      const [first] = await store.line('vector', 1, owner);
      assert.equal(first?.created, at(1));
      const all = await store.line('vector', 100_000);
      assert.equal(all.filter(({ group }) => group === first?.group).length, 3);
      assert.deepEqual(await store.line('light', 10, owner), []);
    });

    test('is told of with the job, and each token takes the place of the one before', async () => {
      const owner = randomUUID();
      const { store, ids } = await inLine(owner, 1);
      const again = await store.wait(ids[0]!, { ...waiting, token: 'two' }, at(10));
      assert.deepEqual(again?.waiting, { ...waiting, token: 'two' });
      assert.deepEqual(await store.get(ids[0]!), again);
      assert.equal((await idsOf(store, owner)).length, 1);
    });

    for (const to of ['running', 'failed', 'dismissed'] as const)
      test(`loses a job that is ${to}, and takes ${to === 'running' ? 'it again' : 'none that has ended'}`, async () => {
        const owner = randomUUID();
        const { store, ids } = await inLine(owner, 1);
        const job = await store.change(ids[0]!, { to, at: at(11) });
        assert.equal(job?.waiting, undefined);
        assert.deepEqual(await idsOf(store, owner), []);
        const again = await store.wait(ids[0]!, waiting, at(12));
        // A worker that was lost leaves its job running, and it waits for another one.
        assert.equal(again?.status, to === 'running' ? to : undefined);
        assert.deepEqual(await idsOf(store, owner), to === 'running' ? ids : []);
      });

    test('takes no job that there is none of', async () => {
      const store = await makeStore();
      assert.equal(await store.wait(randomUUID(), waiting, at(1)), undefined);
    });
  });
}
