import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting } from '../../../core/shared/answer-size.ts';

test('of a list fit the first items whose JSON does, with a comma after each', () => {
  // Seven bytes and a comma each: a quote counts twice, as in JSON.
  assert.deepEqual(fitting(['"a"', '"b"', '"c"'], 16), ['"a"', '"b"']);
  assert.deepEqual(fitting(['é'], 4), []);
  assert.deepEqual(fitting(['é'], 5), ['é']);
});
