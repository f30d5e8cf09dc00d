import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partPlans } from '../../../functions/execution/part-plans.ts';
import { processes } from '../../../processes/index.ts';

test('a dry run knows which part of a raster is read, of each process that declares to read a part', () => {
  const readingParts = processes
    .filter(({ inputs }) => Object.values(inputs).some(({ reads }) => reads === 'part'))
    .map(({ id }) => id);
  assert.deepEqual(Object.keys(partPlans), readingParts);
});
