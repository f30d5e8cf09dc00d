import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cut, listed, quote } from '../../../core/shared/quote.ts';

describe('a quotation', () => {
  test('of what is short is its JSON', () => {
    for (const value of [null, 5, 'a', [1, [2]], { a: { b: 'c' } }, true])
      assert.equal(quote(value), JSON.stringify(value));
    assert.equal(quote(undefined), 'missing');
  });

  test('of what is long or deep is short', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? [deep] : { a: deep };
    assert.match(quote(deep), /\.\.\./);
    const wide = Array.from({ length: 1_000_000 }, () => 1);
    assert.equal(quote(wide).length, 60);
    assert.equal(quote('x'.repeat(1_000_000)).length, 60);
  });

  test('of any value is at most 60 characters, none of them half of one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = quote(value);
        assert.ok(text.length <= 60 && text.isWellFormed(), text);
      }),
    );
  });
});

test('a text is never cut inside of a surrogate pair', () => {
  assert.deepEqual([cut('ab', 2), cut('a\u{1f30d}', 2), cut('a\u{1f30d}', 3)], ['ab', 'a', 'a\u{1f30d}']);
});

test('a list tells its first items and how many more there are', () => {
  assert.equal(listed(['a', 'b']), 'a, b');
  assert.equal(listed(['a', 'b', 'c'], 2), 'a, b and 1 more');
});
