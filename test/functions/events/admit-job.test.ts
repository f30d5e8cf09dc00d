import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../../core/jobs/job.ts';
import { judge } from '../../../core/jobs/sweeping.ts';
import { newUsageEntry } from '../../../core/usage/usage-entry.ts';
import { admitJob } from '../../../functions/events/admit-job.ts';
import { waitForTurn } from '../../../functions/tasks/wait-for-turn.ts';
import { exampleJob } from '../../support/jobs.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory/ports.ts';

const computeClass = 'vector';
const minute = () => 60_000;

/** Jobs of owners that wait, in the order in which they were sent. */
async function waiting(owners: readonly string[], settings: Partial<MemoryPorts['settings']> = {}) {
  const ports = memoryPorts({ settings });
  const jobs = owners.map((owner, index) =>
    exampleJob({ owner, jobID: `${owner}-${index}`, created: new Date(Date.now() + index).toISOString() }),
  );
  for (const job of jobs) {
    const { jobID, owner } = job;
    await ports.jobs.create(job);
    await ports.usage.record(
      newUsageEntry({ id: jobID, owner, kind: 'job', memory: 1, gbSeconds: 1, bytes: 0 }, new Date()),
    );
    ports.workflow.tokens.add(`token of ${jobID}`);
    await waitForTurn({ jobID, computeClass, token: `token of ${jobID}` }, ports);
  }
  const tickets = ports.line.tickets.splice(0).map(({ ticket }) => ticket);
  const admit = (index: number, remaining = minute) => admitJob(tickets[index]!, ports, remaining, 0);
  return { ports, jobs, tickets, admit };
}
const run = ({ jobs }: MemoryPorts, { jobID }: Job) =>
  jobs.change(jobID, { to: 'running', at: new Date().toISOString() });

describe('a ticket', () => {
  test('lets the longest waiting job of its owner in, whoever brought it', async () => {
    const { ports, tickets, admit } = await waiting(['a', 'a', 'b']);
    assert.equal(await admit(1), 'admitted');
    assert.deepEqual(ports.workflow.wentOn, ['token of a-0']);
    // Its own job has still to have its turn.
    assert.deepEqual(ports.line.tickets, [{ ticket: tickets[1], seconds: 1 }]);
    assert.equal(await admit(2), 'admitted');
    assert.deepEqual(ports.workflow.wentOn, ['token of a-0', 'token of b-2']);
  });

  test('that comes twice lets nobody in twice, and is not needed any more when its job runs', async () => {
    const { ports, jobs, admit } = await waiting(['a', 'a']);
    assert.equal(await admit(0), 'admitted');
    await run(ports, jobs[0]!);
    assert.equal(await admit(0), 'over');
    assert.deepEqual(ports.workflow.wentOn, ['token of a-0']);
  });

  test('is there for each job that waits, also where the answer to a token works twice', async () => {
    const { ports, jobs, tickets, admit } = await waiting(['a', 'a']);
    ports.workflow.goOn = async () => true;
    // Both come up in the same moment, and both let the first job in.
    assert.deepEqual(await Promise.all([admit(0), admit(1)]), ['admitted', 'admitted']);
    await run(ports, jobs[0]!);
    assert.deepEqual(ports.line.tickets, [{ ticket: tickets[1], seconds: 1 }]);
  });

  test('of many that come up at once lets in as many as there is room for', async () => {
    const owners = Array.from({ length: 8 }, () => 'a');
    const { ports, admit } = await waiting(owners, { quotas: { runningJobs: 3 } });
    await Promise.all(owners.map((_, index) => admit(index)));
    assert.deepEqual(ports.workflow.wentOn.toSorted(), ['token of a-0', 'token of a-1', 'token of a-2']);
  });

  for (const to of ['running', 'failed', 'dismissed'] as const)
    test(`that comes when its job is ${to} does nothing`, async () => {
      const { ports, jobs, admit } = await waiting(['a']);
      await ports.jobs.change(jobs[0]!.jobID, { to, at: new Date().toISOString() });
      assert.equal(await admit(0), 'over');
      assert.deepEqual(ports.workflow.wentOn, []);
      assert.deepEqual(ports.line.tickets, []);
    });

  test('waits until a worker is free', async () => {
    const { ports, admit } = await waiting(['a']);
    let asked = 0;
    ports.workers.free = () => ++asked === 3;
    assert.equal(await admit(0), 'admitted');
    assert.equal(asked, 3);
  });

  test('is given back where none is free in time, and lets nobody in', async () => {
    const { ports, tickets, admit } = await waiting(['a']);
    ports.workers.free = () => false;
    assert.equal(await admit(0, () => 9000), 'again');
    assert.deepEqual(ports.line.tickets, [{ ticket: tickets[0], seconds: 0 }]);
    assert.deepEqual(ports.workflow.wentOn, []);
  });

  test('does not let a job in that is dismissed while no worker is free', async () => {
    const { ports, jobs, admit } = await waiting(['a']);
    let asked = 0;
    ports.workers.free = () => {
      if (++asked === 1) void ports.jobs.change(jobs[0]!.jobID, { to: 'dismissed', at: 'now' });
      return asked > 1;
    };
    assert.equal(await admit(0), 'over');
    assert.deepEqual(ports.workflow.wentOn, []);
  });

  test('of an owner who has as many jobs running as it may comes again later; that of another is not held up', async () => {
    const { ports, jobs, tickets, admit } = await waiting(['a', 'a', 'b'], { quotas: { runningJobs: 1 } });
    await run(ports, jobs[0]!);
    assert.equal(await admit(1), 'again');
    assert.deepEqual(ports.line.tickets, [{ ticket: tickets[1], seconds: 5 }]);
    assert.equal(await admit(2), 'admitted');
    await ports.usage.settle(jobs[0]!.jobID, { gbSeconds: 0, bytes: 0 });
    assert.equal(await admit(1), 'admitted');
    assert.deepEqual(ports.workflow.wentOn, ['token of b-2', 'token of a-1']);
  });

  test('a worker that died without a word does not hold the jobs of its owner up', async () => {
    const { ports, jobs, admit } = await waiting(['a', 'a'], { quotas: { runningJobs: 1 } });
    await run(ports, jobs[0]!);
    await ports.jobs.change(jobs[0]!.jobID, { to: 'failed', at: new Date().toISOString() });
    assert.equal(await admit(1), 'admitted');
  });
});

describe('a job that finds no worker', () => {
  test('is told to wait, with a ticket of its owner that comes up when the index has it', async () => {
    const { ports, jobs, tickets } = await waiting(['a']);
    const job = (await ports.jobs.get(jobs[0]!.jobID)) as Job;
    assert.equal(job.status, 'accepted');
    assert.equal(job.message, 'Waiting for its turn');
    assert.deepEqual(tickets, [{ computeClass, owner: 'a', jobID: 'a-0' }]);
  });

  test('waits too where a worker had begun it and was lost, and goes on from where it is', async () => {
    const { ports, jobs } = await waiting(['a']);
    const { jobID } = jobs[0]!;
    ports.line.tickets.splice(0);
    await run(ports, jobs[0]!);
    ports.workflow.tokens.add('second token');
    await waitForTurn({ jobID, computeClass, token: 'second token' }, ports);
    const job = (await ports.jobs.get(jobID)) as Job;
    assert.deepEqual([job.status, job.waiting?.token], ['running', 'second token']);
    // It is silent for hours, as those before it are.
    const later = new Date(Date.parse(job.created) + 20 * 3_600_000);
    assert.equal(judge(job, { status: 'RUNNING' }, later).kind, 'goes-on');
    const [sent] = ports.line.tickets;
    assert.equal(await admitJob(sent!.ticket, ports, minute, 0), 'admitted');
    assert.deepEqual(ports.workflow.wentOn, ['second token']);
    await run(ports, jobs[0]!);
    assert.equal(((await ports.jobs.get(jobID)) as Job).waiting, undefined);
  });

  test('and has ended meanwhile ends its workflow', async () => {
    const { ports, jobs } = await waiting(['a']);
    const { jobID } = jobs[0]!;
    await ports.jobs.change(jobID, { to: 'dismissed', at: new Date().toISOString() });
    await assert.rejects(waitForTurn({ jobID, computeClass, token: 't' }, ports), { name: 'JobEnded' });
    assert.deepEqual(ports.line.tickets, []);
  });
});
