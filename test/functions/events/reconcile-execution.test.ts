import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reconcileExecution } from '../../../functions/events/reconcile-execution.ts';
import { failJob } from '../../../functions/tasks/fail-job.ts';
import { exampleJob } from '../../support/jobs.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

console.warn = () => undefined;
console.error = () => undefined;

const withJob = async (status: 'accepted' | 'running' | 'successful' | 'dismissed') => {
  const ports = memoryPorts();
  const job = exampleJob({ status });
  await ports.jobs.create(job);
  const statusNow = async () => {
    const now = await ports.jobs.get(job.jobID);
    return now === undefined || now === 'removed' ? now : now.status;
  };
  return { ports, jobID: job.jobID, statusNow };
};

describe('no job stays accepted or running', () => {
  for (const status of ['FAILED', 'TIMED_OUT', 'ABORTED']) {
    for (const before of ['accepted', 'running'] as const) {
      test(`an execution that is ${status} fails its ${before} job`, async () => {
        const { ports, jobID, statusNow } = await withJob(before);
        await reconcileExecution({ detail: { name: jobID, status } }, ports);
        assert.equal(await statusNow(), 'failed');
      });
    }
  }

  test('a job that has ended stays as it is, and one that is not there is no error', async () => {
    for (const before of ['successful', 'dismissed'] as const) {
      const { ports, jobID, statusNow } = await withJob(before);
      assert.equal(
        (await reconcileExecution({ detail: { name: jobID, status: 'FAILED' } }, ports)).failed,
        false,
      );
      assert.equal((await failJob({ jobID, error: { Error: 'x' } }, ports)).failed, false);
      assert.equal(await statusNow(), before);
      assert.equal(
        (await reconcileExecution({ detail: { name: 'none', status: 'FAILED' } }, ports)).failed,
        false,
      );
    }
  });

  test('what the workflow catches fails the job with its reason', async () => {
    const { ports, jobID } = await withJob('running');
    await failJob({ jobID, error: { Error: 'States.Timeout' } }, ports);
    const job = await ports.jobs.get(jobID);
    assert.ok(job && job !== 'removed');
    assert.match(job.exception?.detail ?? '', /within its time limit/);
  });
});
