import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { Job } from '../../../core/jobs/job.ts';
import { withPlace } from '../../../functions/jobs/place-in-line.ts';
import { waitForTurn } from '../../../functions/tasks/wait-for-turn.ts';
import { exampleJob } from '../../support/jobs.ts';
import { MemoryClock } from '../../support/memory/memory-clock.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

async function lineOf(count: number) {
  const { jobs, line } = memoryPorts();
  const clock = new MemoryClock('2026-11-30T00:00:00.000Z');
  const read = mock.method(jobs, 'line');
  const add = async (index: number) => {
    const created = new Date(Date.parse('2026-11-29T00:00:00.000Z') + index).toISOString();
    const job = exampleJob({ owner: 'a', jobID: `job-${index}`, created });
    await jobs.create(job);
    await waitForTurn({ jobID: job.jobID, computeClass: 'vector', token: 't' }, { jobs, line, clock });
    return (await jobs.get(job.jobID)) as Job;
  };
  const waiting: Job[] = [];
  for (let index = 0; index < count; index++) waiting.push(await add(index));
  const place = async (job: Job) => (await withPlace(job, { jobs, clock })).message;
  return { jobs, clock, read, add, waiting, place };
}

describe('places in a line', () => {
  test('of any number of jobs are told by one look in five seconds', async () => {
    const { clock, read, waiting, place } = await lineOf(30);
    const told = await Promise.all(waiting.map(place));
    assert.deepEqual([told[0], told[29]], ['Waiting: next in line', 'Waiting: about 29 jobs ahead']);
    assert.equal(read.mock.callCount(), 1);
    clock.advance(4.9);
    await place(waiting[3]!);
    assert.equal(read.mock.callCount(), 1);
    clock.advance(0.2);
    await place(waiting[3]!);
    assert.equal(read.mock.callCount(), 2);
  });

  test('of those that have come since are told by one look in a second', async () => {
    const { clock, read, waiting, add, place } = await lineOf(2);
    await place(waiting[0]!);
    const late = await add(2);
    clock.advance(1.1);
    assert.equal(await place(late), 'Waiting: about 2 jobs ahead');
    assert.equal(read.mock.callCount(), 2);
    const later = await add(3);
    for (let time = 0; time < 5; time++) await place(later);
    assert.equal(read.mock.callCount(), 2);
  });

  test('are not told where the line cannot be read, and then asked for again', async () => {
    const { read, waiting, place } = await lineOf(2);
    read.mock.mockImplementationOnce(() => Promise.reject(new Error('throttled')));
    assert.equal(await place(waiting[1]!), 'Waiting for its turn');
    assert.equal(await place(waiting[1]!), 'Waiting: about 1 job ahead');
  });
});
