import assert from 'node:assert/strict';
import { test } from 'node:test';
import { append, greatest, least } from '../../../core/shared/arrays.ts';

test('any number of items is added to an array, and has a least and a greatest', () => {
  const items = Array.from({ length: 1_000_000 }, (_, index) => index);
  const array = [-1];
  append(array, items);
  assert.equal(array.length, 1_000_001);
  assert.deepEqual([least(array), greatest(array)], [-1, 999_999]);
  assert.deepEqual([least([]), greatest([])], [Infinity, -Infinity]);
  assert.ok(Number.isNaN(least([1, Number.NaN])));
});
