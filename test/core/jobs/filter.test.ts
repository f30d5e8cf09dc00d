import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { passes, statusesFromFilter } from '../../../core/jobs/filter.ts';
import type { Job, JobFilter } from '../../../core/jobs/job.ts';
import { exampleJob } from '../../support/jobs.ts';

const noon = '2026-01-31T12:00:00.000Z';
const now = new Date('2026-01-31T12:01:00.000Z');
const pass = (job: Partial<Job>, filter: JobFilter) => passes(exampleJob(job), filter, now);
/** Ran for ten seconds. */
const ended = {
  status: 'successful',
  created: noon,
  started: '2026-01-31T12:00:05.000Z',
  finished: '2026-01-31T12:00:15.000Z',
} as const;
/** Has run for thirty seconds. */
const running = { status: 'running', created: noon, started: '2026-01-31T12:00:30.000Z' } as const;

describe('statuses that can pass', () => {
  test('are those that are named, or all', () => {
    assert.equal(statusesFromFilter({}), undefined);
    assert.deepEqual(statusesFromFilter({ statuses: ['accepted', 'failed'] }), ['accepted', 'failed']);
  });

  for (const bound of [{ minDuration: 0 }, { maxDuration: 9 }]) {
    test(`have a duration where one is asked for: ${JSON.stringify(bound)}`, () => {
      assert.deepEqual(statusesFromFilter(bound), ['running', 'successful', 'failed', 'dismissed']);
      assert.deepEqual(statusesFromFilter({ ...bound, statuses: ['accepted', 'failed'] }), ['failed']);
    });
  }
});

describe('a job passes a filter', () => {
  test('that asks for nothing', () => assert.ok(pass({}, {})));

  test('by its process', () => {
    assert.equal(pass({ processID: 'buffer' }, { processIDs: ['buffer', 'echo'] }), true);
    assert.equal(pass({ processID: 'clip' }, { processIDs: ['buffer', 'echo'] }), false);
  });

  test('by its status', () => {
    assert.equal(pass({ status: 'failed' }, { statuses: ['failed', 'running'] }), true);
    assert.equal(pass({ status: 'accepted' }, { statuses: ['failed', 'running'] }), false);
  });

  test('by when it was made, both ends included', () => {
    for (const [bounds, expected] of [
      [{ createdFrom: noon }, true],
      [{ createdTo: noon }, true],
      [{ createdFrom: noon, createdTo: noon }, true],
      [{ createdFrom: '2026-01-31T12:00:00.001Z' }, false],
      [{ createdTo: '2026-01-31T11:59:59.999Z' }, false],
    ] as const)
      assert.equal(pass({ created: noon }, bounds), expected, JSON.stringify(bounds));
  });

  test('by how long it ran, both ends included', () => {
    for (const [bounds, expected] of [
      [{ minDuration: 10 }, true],
      [{ minDuration: 11 }, false],
      [{ maxDuration: 10 }, true],
      [{ maxDuration: 9 }, false],
      [{ minDuration: 10, maxDuration: 10 }, true],
      [{ minDuration: 0 }, true],
    ] as const)
      assert.equal(pass(ended, bounds), expected, JSON.stringify(bounds));
  });

  test('by how long it has run until now, while it runs', () => {
    assert.equal(pass(running, { minDuration: 30 }), true);
    assert.equal(pass(running, { minDuration: 31 }), false);
    assert.equal(pass(running, { maxDuration: 29 }), false);
  });

  test('not by a duration that it has not', () => {
    assert.equal(pass({ status: 'accepted' }, { minDuration: 0 }), false);
    // Dismissed before it ran.
    assert.equal(pass({ status: 'dismissed', finished: noon }, { minDuration: 0 }), false);
    assert.equal(pass({ status: 'dismissed', finished: noon }, { statuses: ['dismissed'] }), true);
  });
});
