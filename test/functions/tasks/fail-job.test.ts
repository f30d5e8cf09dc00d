import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { failJob } from '../../../functions/tasks/fail-job.ts';
import { memoryPorts } from '../../support/memory/ports.ts';
import { accept, jobID, NOW, storedJob } from '../worker/support/job-worker.ts';

before(() => {
  for (const level of ['info', 'warn', 'error'] as const) mock.method(console, level, () => undefined);
});
after(() => mock.restoreAll());

const error = { Error: 'Runtime.ExitError', Cause: 'Error: Runtime exited with error: signal: killed' };

describe('a job whose worker crashed', () => {
  it('fails, with what Step Functions says', async () => {
    const ports = memoryPorts({ now: NOW });
    await accept(ports);
    assert.deepEqual(await failJob({ jobID, error }, ports), { jobID, failed: true, goesOn: false });
    assert.equal((await storedJob(ports)).status, 'failed');
  });

  it('goes on where there is somebody who has more memory', async () => {
    const ports = memoryPorts({ now: NOW });
    await accept(ports);
    await ports.jobs.change(jobID, { to: 'running', at: NOW });
    const event = { jobID, error, mayGoOn: true };
    assert.deepEqual(await failJob(event, ports), { jobID, failed: false, goesOn: true });
    assert.equal((await storedJob(ports)).status, 'running');
  });

  it('does not go on when it has ended, as the worker has ended itself after that', async () => {
    for (const to of ['dismissed', 'failed'] as const) {
      const ports = memoryPorts({ now: NOW });
      await accept(ports);
      await ports.jobs.change(jobID, { to, at: NOW });
      ports.clock.advance(1);
      const event = { jobID, error, mayGoOn: true };
      assert.deepEqual(await failJob(event, ports), { jobID, failed: false, goesOn: false });
      assert.equal((await storedJob(ports)).status, to);
    }
    const event = { jobID, error, mayGoOn: true };
    assert.equal((await failJob(event, memoryPorts({ now: NOW }))).goesOn, false);
  });
});
