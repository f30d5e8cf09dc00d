import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { failureOf } from '../../../core/jobs/failures.ts';
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
        exception: failureOf('crash'),
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
      const exception = failureOf('memory');
      const failed = await store.change(jobID, { to: 'failed', at: at(1), exception });
      assert.deepEqual(failed?.exception, exception);
    });

    test('stores the end of a job whose faults would fill an item many times over', async () => {
      const { store, jobID } = await stored();
      const errors = Array.from({ length: 20_000 }, (_, index) => ({
        pointer: `/inputs/x/${index}`,
        detail: 'is not a number. '.repeat(10),
      }));
      const exception = { ...failureOf('crash'), detail: 'x'.repeat(1_000_000), errors };
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

  describe('remove', () => {
    test('leaves a tombstone that knows the owner, once', async () => {
      const { store, job, jobID } = await ended();
      assert.equal(await store.ownerOfRemoved(jobID), undefined);
      assert.equal(await store.remove(jobID), true);
      assert.equal(await store.get(jobID), 'removed');
      assert.equal(await store.ownerOfRemoved(jobID), job.owner);
      assert.equal(await store.remove(jobID), false);
      assert.equal(await store.remove(randomUUID()), false);
    });

    test('never takes a job that may still run', async () => {
      const { store, job, jobID } = await stored();
      assert.equal(await store.remove(jobID), false);
      assert.deepEqual(await store.get(jobID), job);
    });

    test('is for good: nothing brings the job back', async () => {
      const { store, jobID } = await ended();
      await store.remove(jobID);
      assert.equal(await store.change(jobID, { to: 'running', at: at(5) }), undefined);
      assert.equal(await store.change(jobID, { to: 'successful', at: at(2), progress: 100 }), undefined);
      assert.equal(await store.progress(jobID, 50, 'Alive', at(5)), false);
      await assert.rejects(store.create(exampleJob({ jobID })), /exists/);
      assert.equal(await store.get(jobID), 'removed');
    });
  });
}
