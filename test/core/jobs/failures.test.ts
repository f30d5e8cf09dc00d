import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classifyRuntimeError, type FailureReason, problemFromFailure } from '../../../core/jobs/failures.ts';

describe('what is told of a job whose worker could not report', () => {
  const told: readonly (readonly [FailureReason, number, RegExp])[] = [
    ['timeout', 500, /did not end within the time/],
    ['memory', 500, /needed more memory/],
    ['crash', 500, /ended unexpectedly/],
    ['throttled', 503, /too busy/],
    ['aborted', 500, /stopped by the operator/],
  ];
  for (const [reason, status, detail] of told) {
    test(`${reason}: what happened, and nothing of the machine`, () => {
      const problem = problemFromFailure(reason);
      assert.equal(problem.status, status);
      assert.equal(problem.title, 'The job failed');
      assert.ok(problem.type.length > 0);
      assert.match(problem.detail ?? '', detail);
    });
  }
});

describe('the reason', () => {
  for (const [error, expected] of [
    [{ Error: 'Timeout' }, 'timeout'],
    [{ Error: 'TimedOut' }, 'timeout'],
    [{ Cause: 'the task timed out' }, 'timeout'],
    [{ Cause: 'Out of memory' }, 'memory'],
    [{ Cause: 'Reached heap limit' }, 'memory'],
    [{ Error: 'Lambda.ThrottlingException' }, 'throttled'],
    [{ Cause: 'ConcurrentInvocationLimitExceeded' }, 'throttled'],
    [{ Error: 'States.Aborted' }, 'aborted'],
    // The words of a cause do not make it an abortion.
    [{ Error: 'Runtime.ExitError', Cause: 'Aborted' }, 'crash'],
    [{ Error: 'timed', Cause: 'out' }, 'timeout'],
  ] as const) {
    test(`of ${JSON.stringify(error)} is ${expected}`, () =>
      assert.equal(classifyRuntimeError(error), expected));
  }
});
