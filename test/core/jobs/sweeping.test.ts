import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstCheck, judge, mayBeNotified, nextCheck } from '../../../core/jobs/sweeping.ts';
import { exampleJob } from '../../support/jobs.ts';

const created = '2026-01-31T12:00:00.000Z';
const after = (minutes: number) => new Date(Date.parse(created) + minutes * 60_000);
const accepted = exampleJob({ created, updated: created });
const running = exampleJob({
  created,
  status: 'running',
  started: after(1).toISOString(),
  updated: after(1).toISOString(),
});

describe('when the sweep looks at a job', () => {
  test('first when most have ended and no function still tries to start it', () => {
    assert.equal(firstCheck(created), after(5).toISOString());
  });

  test('then after as long again as the job has lived, from ten minutes to an hour', () => {
    for (const [age, next] of [
      [5, 15],
      [15, 30],
      [40, 80],
      [600, 660],
    ] as const) {
      assert.equal(nextCheck({ created }, after(age)), after(next).toISOString());
    }
  });
});

describe('what becomes of an unfinished job', () => {
  test('one whose execution runs goes on', () => {
    for (const job of [accepted, running]) {
      for (const status of ['RUNNING', 'PENDING_REDRIVE'])
        assert.deepEqual(judge(job, { status }, after(20)), { kind: 'goes-on' });
    }
  });

  test('one that waits for a free worker may do so for a day', () => {
    assert.equal(judge(accepted, { status: 'RUNNING' }, after(24 * 60)).kind, 'goes-on');
  });

  test('one without an execution fails: it was never started', () => {
    assert.deepEqual(judge(accepted, undefined, after(5)), {
      kind: 'failed',
      reason: 'unstarted',
      stillExecuting: false,
    });
  });

  test('one whose execution has ended fails with the reason of that', () => {
    for (const [execution, reason] of [
      [{ status: 'TIMED_OUT' }, 'timeout'],
      [{ status: 'ABORTED' }, 'aborted'],
      [{ status: 'FAILED', error: 'States.Timeout' }, 'timeout'],
      [{ status: 'FAILED', error: 'Runtime.OutOfMemory' }, 'memory'],
      [{ status: 'FAILED', cause: 'TooManyRequestsException' }, 'throttled'],
      [{ status: 'FAILED' }, 'crash'],
      [{ status: 'SUCCEEDED' }, 'crash'],
    ] as const) {
      const expected = { kind: 'failed', reason, stillExecuting: false };
      assert.deepEqual(judge(running, execution, after(6)), expected, execution.status);
    }
  });

  test('one that has been silent for longer than any worker lives fails, and its execution is stopped', () => {
    const expected = { kind: 'failed', reason: 'lost', stillExecuting: true };
    assert.deepEqual(judge(running, { status: 'RUNNING' }, after(61)), { kind: 'goes-on' });
    assert.deepEqual(judge(running, { status: 'RUNNING' }, after(62)), expected);
  });

  test('one that has waited for a worker for a day fails because none was free', () => {
    const expected = { kind: 'failed', reason: 'throttled', stillExecuting: true };
    assert.deepEqual(judge(accepted, { status: 'RUNNING' }, after(24 * 60)), { kind: 'goes-on' });
    assert.deepEqual(judge(accepted, { status: 'RUNNING' }, after(24 * 60 + 1)), expected);
  });

  test('one whose parts all wait for free workers may be silent for as long as one that has not begun', () => {
    const expected = { kind: 'failed', reason: 'lost', stillExecuting: true };
    assert.deepEqual(judge(running, { status: 'RUNNING' }, after(24 * 60), true), { kind: 'goes-on' });
    assert.deepEqual(judge(running, { status: 'RUNNING' }, after(24 * 60 + 2), true), expected);
    assert.equal(judge(running, { status: 'FAILED' }, after(62), true).kind, 'failed');
  });

  test('one that was handed over may compute for hours without a word, as long as its execution runs', () => {
    const large = { ...running, handedOver: true } as const;
    const lost = { kind: 'failed', reason: 'lost', stillExecuting: true };
    assert.deepEqual(judge(large, { status: 'RUNNING' }, after(24 * 60)), { kind: 'goes-on' });
    assert.deepEqual(judge(large, { status: 'RUNNING' }, after(24 * 60 + 2)), lost);
    assert.equal(judge(large, { status: 'ABORTED' }, after(62)).kind, 'failed');
  });
});

test('a subscriber that does not answer is told again for an hour after the end of its job', () => {
  const ended = exampleJob({ created, status: 'failed', finished: after(10).toISOString() });
  assert.equal(mayBeNotified(ended, after(70)), true);
  assert.equal(mayBeNotified(ended, after(71)), false);
});
