import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Job, JobFilter, JobPosition } from '../../../core/jobs/job.ts';
import { newestFirst } from '../../../core/jobs/position.ts';
import type { JobStore } from '../../../core/ports.ts';
import { exampleJob } from '../jobs.ts';

const now = new Date('2026-01-31T13:00:00.000Z');
const minute = (count: number) => `2026-01-31T12:${String(count).padStart(2, '0')}:00.000Z`;

/** The list of a JobStore: what every implementation must do. @param makeStore an empty or shared store */
export function jobListContract(makeStore: () => Promise<JobStore>): void {
  const filled = async (members: readonly Partial<Job>[]) => {
    const store = await makeStore();
    const owner = randomUUID();
    const jobs = members.map((member) => exampleJob({ owner, ...member }));
    await Promise.all(jobs.map((job) => store.create(job)));
    return { store, owner, jobs };
  };
  const listIds = (jobs: readonly Job[]) => jobs.map(({ jobID }) => jobID);
  /** Follows the pages to the end. */
  const walk = async (store: JobStore, owner: string, filter: JobFilter, limit: number) => {
    const jobs: Job[] = [];
    let after: JobPosition | undefined;
    for (let page = 0; page < 1000; page++) {
      const { jobs: some, next } = await store.list(owner, filter, limit, after, now);
      assert.ok(some.length <= limit, '/req/job-list/limit-response');
      jobs.push(...some);
      if (!next) return jobs;
      after = next;
    }
    throw new Error('The list does not end');
  };
  const listed = async (members: readonly Partial<Job>[], filter: JobFilter) => {
    const { store, owner, jobs } = await filled(members);
    const found = listIds(await walk(store, owner, filter, 10));
    return jobs.flatMap(({ jobID }, index) => (found.includes(jobID) ? [index] : []));
  };

  describe('list', () => {
    test('is empty for an owner without jobs, and shows nobody the jobs of others', async () => {
      const { store } = await filled([{}]);
      assert.deepEqual(await store.list(randomUUID(), {}, 10, undefined, now), { jobs: [] });
    });

    test('is newest first and has no next page after the last job', async () => {
      const { store, owner, jobs } = await filled(
        Array.from({ length: 20 }, (_, i) => ({ created: minute(i) })),
      );
      const newest = listIds([...jobs].reverse());
      const first = await store.list(owner, {}, 12, undefined, now);
      assert.deepEqual(listIds(first.jobs), newest.slice(0, 12));
      const second = await store.list(owner, {}, 12, first.next, now);
      assert.deepEqual(listIds(second.jobs), newest.slice(12));
      assert.equal(second.next, undefined);
      assert.equal((await store.list(owner, {}, 20, undefined, now)).next, undefined);
    });

    test('neither loses nor repeats a job where many share a millisecond', async () => {
      const created = Array.from({ length: 70 }, (_, index) => ({ created: minute(Math.floor(index / 35)) }));
      const { store, owner, jobs } = await filled(created);
      const expected = listIds([...jobs].sort(newestFirst));
      for (const limit of [1, 3, 10, 35, 70, 100]) {
        assert.deepEqual(listIds(await walk(store, owner, {}, limit)), expected, `limit ${limit}`);
      }
    });

    test('shows a job as it is now, and none that was removed or whose retention is over', async () => {
      const { store, owner, jobs } = await filled([{}, {}, { expires: 1 }]);
      const [kept, removed] = jobs;
      await store.change(kept!.jobID, { to: 'running', at: minute(1) });
      await store.change(removed!.jobID, { to: 'dismissed', at: minute(1) });
      await store.remove(removed!.jobID, '2026-01-31T12:20:00.000Z');
      assert.deepEqual(await walk(store, owner, {}, 10), [await store.get(kept!.jobID)]);
    });

    test('a page goes on where the one before ended, whatever has come or gone since', async () => {
      const { store, owner, jobs } = await filled(
        Array.from({ length: 6 }, (_, i) => ({ created: minute(i) })),
      );
      const { next } = await store.list(owner, {}, 3, undefined, now);
      await store.create(exampleJob({ owner, created: minute(30) }));
      await store.change(jobs[3]!.jobID, { to: 'dismissed', at: minute(40) });
      await store.remove(jobs[3]!.jobID, '2026-01-31T12:20:00.000Z');
      const second = await store.list(owner, {}, 3, next, now);
      assert.deepEqual(listIds(second.jobs), listIds([jobs[2]!, jobs[1]!, jobs[0]!]));
    });
  });

  describe('filters', () => {
    test('/req/job-list/processid-response and /req/job-list/status-response: any of the values', async () => {
      const jobs: Partial<Job>[] = [
        { processID: 'echo', status: 'failed' },
        { processID: 'buffer', status: 'running' },
        { processID: 'clip', status: 'failed' },
        { processID: 'buffer', status: 'failed' },
      ];
      assert.deepEqual(await listed(jobs, { processIDs: ['buffer', 'clip'] }), [1, 2, 3]);
      assert.deepEqual(await listed(jobs, { statuses: ['running', 'accepted'] }), [1]);
      assert.deepEqual(await listed(jobs, { statuses: ['failed'], processIDs: ['buffer'] }), [3]);
    });

    test('/req/job-list/datetime-response: both ends inclusive, either may be open', async () => {
      const jobs = [0, 1, 2, 3].map((count) => ({ created: minute(count) }));
      assert.deepEqual(await listed(jobs, { createdFrom: minute(1), createdTo: minute(2) }), [1, 2]);
      assert.deepEqual(await listed(jobs, { createdFrom: minute(2) }), [2, 3]);
      assert.deepEqual(await listed(jobs, { createdTo: minute(1) }), [0, 1]);
      assert.deepEqual(await listed(jobs, { createdFrom: minute(3), createdTo: minute(3) }), [3]);
      assert.deepEqual(await listed(jobs, { createdFrom: minute(5) }), []);
    });

    test('an interval goes together with pages', async () => {
      const { store, owner, jobs } = await filled(
        Array.from({ length: 30 }, (_, index) => ({ created: minute(Math.floor(index / 10)) })),
      );
      const found = await walk(store, owner, { createdFrom: minute(1), createdTo: minute(1) }, 3);
      assert.deepEqual(listIds(found), listIds(jobs.slice(10, 20).sort(newestFirst)));
    });

    test('/req/job-list/duration-response: from start to end, or to now; bounds inclusive', async () => {
      const jobs: Partial<Job>[] = [
        { status: 'successful', started: minute(0), finished: minute(1) },
        { status: 'failed', started: minute(0), finished: minute(10) },
        { status: 'running', started: minute(30) },
        { status: 'accepted' },
        { status: 'dismissed', finished: minute(1) },
        { status: 'dismissed', started: minute(0), finished: minute(2) },
      ];
      assert.deepEqual(await listed(jobs, { minDuration: 0 }), [0, 1, 2, 5]);
      assert.deepEqual(await listed(jobs, { maxDuration: 60 }), [0]);
      assert.deepEqual(await listed(jobs, { minDuration: 60, maxDuration: 600 }), [0, 1, 5]);
      assert.deepEqual(await listed(jobs, { minDuration: 1800 }), [2]);
      assert.deepEqual(await listed(jobs, { minDuration: 1801 }), []);
      assert.deepEqual(await listed(jobs, { minDuration: 600, maxDuration: 60 }), []);
      assert.deepEqual(await listed(jobs, { minDuration: 0, statuses: ['accepted', 'running'] }), [2]);
      assert.deepEqual(await listed(jobs, { minDuration: 0, statuses: ['accepted'] }), []);
    });
  });
}
