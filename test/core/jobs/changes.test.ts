import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changed, isRepetition, recordFromChange } from '../../../core/jobs/changes.ts';
import { exampleJob } from '../../support/jobs.ts';

const at = '2026-01-31T12:00:05.000Z';
const later = '2026-01-31T12:00:09.000Z';

describe('what a change records', () => {
  test('is the status and the time, and with the first of work when it started', () => {
    assert.deepEqual(recordFromChange({ to: 'running', at }), {
      status: 'running',
      updated: at,
      started: at,
    });
    assert.deepEqual(recordFromChange({ to: 'accepted', at }), { status: 'accepted', updated: at });
  });

  for (const to of ['successful', 'failed', 'dismissed'] as const) {
    test(`is when it ended: ${to}`, () => {
      assert.deepEqual(recordFromChange({ to, at }), { status: to, updated: at, finished: at });
    });
  }

  test('is what is said with it', () => {
    const exception = { type: 'about:blank', title: 'No', status: 400, detail: 'Nothing.' };
    const change = { to: 'failed', at, message: 'Failed', progress: 0, exception } as const;
    assert.deepEqual(recordFromChange(change), {
      status: 'failed',
      updated: at,
      finished: at,
      message: 'Failed',
      progress: 0,
      exception,
    });
  });

  test('stays small, whatever is said', () => {
    const long = 'x'.repeat(100_000);
    const exception = { type: 'about:blank', title: 'No', status: 400, detail: long };
    const { message = '', exception: kept } = recordFromChange({
      to: 'failed',
      at,
      message: long,
      exception,
    });
    assert.ok(message.length > 100 && message.length < 10_000);
    assert.ok(JSON.stringify(kept).length < 100_000);
  });
});

describe('a change that is sent twice', () => {
  const running = exampleJob({ status: 'running', started: at, updated: at });

  test('is known by its status and its time', () => {
    assert.equal(isRepetition(running, { to: 'running', at }), true);
    assert.equal(isRepetition(running, { to: 'running', at: later }), false);
    assert.equal(isRepetition(running, { to: 'successful', at }), false);
  });

  test('leaves the job as it is, even where nothing may follow', () => {
    const failed = exampleJob({ status: 'failed', updated: at, message: 'First' });
    assert.equal(changed(failed, { to: 'failed', at, message: 'Second' }), failed);
    assert.equal(changed(failed, { to: 'failed', at: later }), undefined);
  });
});

describe('a job after a change', () => {
  test('has started when it first ran, however often it is tried', () => {
    const first = changed(exampleJob(), { to: 'running', at });
    assert.ok(first);
    assert.equal(first.started, at);
    const second = changed(first, { to: 'running', at: later, progress: 10 });
    assert.equal(second?.started, at);
    assert.equal(second?.updated, later);
    assert.equal(second?.progress, 10);
  });

  test('that never ran has no start, and keeps all else', () => {
    const job = exampleJob();
    const dismissed = changed(job, { to: 'dismissed', at });
    assert.deepEqual(dismissed, { ...job, status: 'dismissed', updated: at, finished: at });
    assert.ok(dismissed && !('started' in dismissed));
  });
});
