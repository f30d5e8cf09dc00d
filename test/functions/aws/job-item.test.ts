import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { computeShard, itemFromJob, jobFromItem, SHARDS } from '../../../functions/aws/job-item.ts';
import { exampleJob } from '../../support/jobs.ts';

test('every id belongs to one of the shards', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (jobID) => {
      const shard = computeShard(jobID);
      assert.ok(Number.isInteger(shard) && shard >= 0 && shard < SHARDS, String(shard));
      assert.equal(computeShard(jobID), shard);
    }),
  );
});

test('ids are spread evenly over the shards', () => {
  const counts = new Array<number>(SHARDS).fill(0);
  for (let count = 0; count < 8000; count++) {
    const shard = computeShard(randomUUID());
    counts[shard] = counts[shard]! + 1;
  }
  // 4000 each; the bounds are more than eight standard deviations away.
  assert.ok(Math.min(...counts) > 3600 && Math.max(...counts) < 4400, counts.join());
});

test('an item is the job and the keys of the index that lists it', () => {
  const job = exampleJob({ owner: 'somebody', jobID: 'a' });
  const item = itemFromJob(job);
  assert.equal(item.listKey, `somebody#${computeShard('a')}`);
  assert.equal(item.position, `${job.created}#a`);
  assert.deepEqual(jobFromItem(item), job);
});
