import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { isJobID, jobKeys } from '../../../core/jobs/job.ts';

describe('the id of a job', () => {
  test('is made of letters, digits, hyphens and underscores', () => {
    for (const text of [randomUUID(), 'a', 'A_1-z', 'x'.repeat(64)]) assert.ok(isJobID(text), text);
    for (const text of ['', 'x'.repeat(65), 'a b', 'a/b', '../a', 'a.b', 'é', 'a\n', '\na'])
      assert.ok(!isJobID(text), JSON.stringify(text));
  });
});

test('the files of a job lie below its own prefix', () => {
  assert.equal(jobKeys.prefix('a'), 'jobs/a/');
  assert.equal(jobKeys.request('a'), 'jobs/a/request.json');
  assert.equal(jobKeys.results('a'), 'jobs/a/results.json');
  assert.equal(jobKeys.output('a', 'sum.json'), 'jobs/a/outputs/sum.json');
});
