import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classifyRuntimeError, type FailureReason, problemFromFailure } from '../../../core/jobs/failures.ts';
import { ExceptionType } from '../../../core/shared/uris.ts';

describe('what is told of a job whose worker could not report', () => {
  const told: readonly (readonly [FailureReason, number, RegExp])[] = [
    [
      'timeout',
      413,
      /^\/inputs: The inputs are too much .* did not end within its time limit.* Send less at once/,
    ],
    ['memory', 413, /^\/inputs: The inputs are too much .* needed more memory .* Send less at once/],
    ['storage', 413, /^\/inputs: The inputs are too much .* more disk space than it has/],
    ['crash', 500, /ended unexpectedly/],
    ['throttled', 503, /too busy/],
    ['aborted', 500, /stopped by the operator/],
    ['unstarted', 503, /could not start the job/],
    ['lost', 500, /lost the job while it was running/],
  ];
  for (const [reason, status, detail] of told) {
    test(`${reason}: what happened, and nothing of the machine`, () => {
      const problem = problemFromFailure(reason);
      assert.equal(problem.status, status);
      const isLimit = status === 413;
      assert.equal(problem.title, isLimit ? 'A limit of the service is exceeded' : 'The job failed');
      assert.equal(problem.type, isLimit ? ExceptionType.limitExceeded : ExceptionType.jobFailed);
      assert.deepEqual(
        problem.errors?.map(({ pointer }) => pointer),
        isLimit ? ['/inputs'] : undefined,
      );
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
