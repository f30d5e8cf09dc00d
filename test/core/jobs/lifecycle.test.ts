import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changed } from '../../../core/jobs/changes.ts';
import { classifyRuntimeError } from '../../../core/jobs/failures.ts';
import { isFinal, jobStatuses, mayFollow, predecessors } from '../../../core/jobs/lifecycle.ts';
import { exampleJob } from '../../support/jobs.ts';

describe('the lifecycle of a job', () => {
  test('nothing leaves a final state, and every other state can end in each way', () => {
    for (const from of jobStatuses) {
      const followers = jobStatuses.filter((to) => mayFollow(from, to));
      if (isFinal(from)) assert.deepEqual(followers, []);
      else for (const end of ['failed', 'dismissed'] as const) assert.ok(followers.includes(end));
    }
    assert.deepEqual(jobStatuses.filter(isFinal), ['successful', 'failed', 'dismissed']);
    assert.deepEqual(predecessors('successful'), ['running']);
    assert.deepEqual(predecessors('accepted'), []);
  });

  test('a change that is not allowed is none', () => {
    const at = '2026-01-31T12:00:05.000Z';
    assert.equal(changed(exampleJob({ status: 'dismissed' }), { to: 'successful', at }), undefined);
    assert.equal(changed(exampleJob(), { to: 'successful', at }), undefined);
    assert.equal(changed(exampleJob(), { to: 'running', at })?.started, at);
  });
});

describe('why a worker could not report', () => {
  for (const [error, expected] of [
    [{ Error: 'States.Timeout' }, 'timeout'],
    [{ Error: 'States.ServiceRestart', Cause: 'Execution was running when service restarted' }, 'lost'],
    [{ Error: 'Sandbox.Timedout', Cause: 'Task timed out after 900.00 seconds' }, 'timeout'],
    [
      { Error: 'Runtime.ExitError', Cause: 'RequestId: x Error: Runtime exited with error: signal: killed' },
      'memory',
    ],
    [{ Error: 'Runtime.OutOfMemory' }, 'memory'],
    [
      { Error: 'Runtime.ExitError', Cause: 'Runtime exited with error: signal: aborted (core dumped)' },
      'memory',
    ],
    [
      { Cause: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory' },
      'memory',
    ],
    [{ Error: 'Lambda.TooManyRequestsException' }, 'throttled'],
    [{ Error: 'Aborted' }, 'aborted'],
    [{ Error: 'Runtime.ExitError', Cause: 'exit status 1' }, 'crash'],
    [{}, 'crash'],
  ] as const) {
    test(`${JSON.stringify(error)}: ${expected}`, () => {
      assert.equal(classifyRuntimeError(error), expected);
    });
  }
});
