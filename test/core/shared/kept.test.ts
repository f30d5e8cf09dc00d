import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Kept } from '../../../core/shared/kept.ts';

describe('what is kept', () => {
  test('is made once for each key, and never more of it than was said', () => {
    const kept = new Kept<object>(2);
    const made: string[] = [];
    const get = (key: string) =>
      kept.get(key, () => {
        made.push(key);
        return {};
      });
    assert.equal(get('a'), get('a'));
    assert.notEqual(get('a'), get('b'));
    assert.deepEqual(made, ['a', 'b']);
    get('c');
    get('a');
    assert.deepEqual(made, ['a', 'b', 'c', 'a']);
  });
});
