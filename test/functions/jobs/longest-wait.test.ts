import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../../core/jobs/job.ts';
import type { ComputeClass } from '../../../core/processes/declaration.ts';
import { longestWait } from '../../../functions/jobs/longest-wait.ts';
import { exampleJob } from '../../support/jobs.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

const NOW = '2026-01-31T12:00:00.000Z';

const withJobs = async (...jobs: (Partial<Job> & { readonly waits?: ComputeClass })[]) => {
  const ports = memoryPorts({ now: NOW });
  for (const { waits, ...members } of jobs) {
    const job = exampleJob({ updated: NOW, expires: 4e9, ...members });
    await ports.jobs.create(job);
    if (waits) await ports.jobs.wait(job.jobID, { computeClass: waits, token: job.jobID }, NOW);
  }
  return ports;
};

test('jobs that wait say how long the first of all lines has waited, though none is let in', async () => {
  const ports = await withJobs(
    { created: '2026-01-31T11:50:00.000Z', waits: 'vector', owner: 'a' },
    { created: '2026-01-31T11:40:00.000Z', waits: 'raster', owner: 'b' },
    { created: '2026-01-31T11:00:00.000Z', owner: 'b' },
  );
  assert.equal(await longestWait(ports), 1200);
  ports.clock.advance(300);
  assert.equal(await longestWait(ports), 1500);
});

test('where no job waits, the wait is 0', async () => {
  assert.equal(await longestWait(await withJobs({ created: '2026-01-31T11:00:00.000Z' })), 0);
});
