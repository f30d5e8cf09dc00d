import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { WaitingJob } from '../../../core/jobs/job.ts';
import {
  countBefore,
  describePlace,
  PLACE_LIMIT,
  secondsToNextTry,
} from '../../../core/jobs/waiting-line.ts';

const job = (group: string, second: number): WaitingJob => ({
  group,
  jobID: `${group}-${second}`,
  created: new Date(second * 1000).toISOString(),
});
const jobs = (group: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => job(group, from + index));

describe('the place of a job in a line', () => {
  test('is after the older jobs of its owner', () => {
    const line = jobs('a', 5);
    assert.deepEqual(
      line.map((one) => countBefore(line, one)),
      [0, 1, 2, 3, 4],
    );
  });

  test('is not after all jobs of somebody who has sent a thousand before', () => {
    const late = job('b', 5000);
    assert.equal(countBefore([...jobs('a', 1000), late], late), 1);
  });

  test('is never worse than last, and every owner has one that at most one of each other is before', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(counts, (lengths) => {
        const line = lengths.flatMap((count, owner) => jobs(`owner-${owner}`, count, owner));
        for (const one of line) assert.ok(countBefore(line, one) < line.length);
        for (const [owner] of lengths.entries())
          assert.equal(countBefore(line, job(`owner-${owner}`, owner)), lengths.length - 1);
      }),
    );
  });

  test('is said in words, and as a bound where the line is longer than what was read', () => {
    const line = jobs('a', 3);
    assert.equal(describePlace(line, line[0]!), 'Waiting: next in line');
    assert.equal(describePlace(line, line[1]!), 'Waiting: about 1 job ahead');
    assert.equal(describePlace(line, line[2]!), 'Waiting: about 2 jobs ahead');
    const long = jobs('a', PLACE_LIMIT);
    assert.match(describePlace(long, long[400]!), /at least 400 jobs/);
  });
});

test('the tickets of an owner who has as many jobs running as it may come up about twice a second, however many wait', () => {
  for (const waiting of [10, 100, 500]) assert.equal(waiting / secondsToNextTry(waiting, 3), 2);
  assert.equal(secondsToNextTry(1000, 100), 100);
  assert.equal(secondsToNextTry(1, 3), 5);
  assert.equal(secondsToNextTry(100_000, 3), 300);
});
