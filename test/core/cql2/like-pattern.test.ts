import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { likePattern } from '../../../core/cql2/like-pattern.ts';

describe('a pattern of LIKE', () => {
  it('matches what the regular expression of the same meaning matches', () => {
    const characters = fc.constantFrom('a', 'b', '.', '*', '日', '𐀀', '\n');
    const part = fc.oneof(characters, fc.constantFrom('%', '_', '\\%', '\\_', '\\\\', '\\a'));
    const meaning = (token: string) => {
      if (token === '%') return '[^]*';
      if (token === '_') return '[^]';
      return (token.length === 2 && token.startsWith('\\') ? token.slice(1) : token).replace(
        /[.*\\]/g,
        '\\$&',
      );
    };
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 6 }),
        fc.array(fc.oneof(characters, fc.constantFrom('%', '_', '\\')), { maxLength: 8 }),
        (parts, text) => {
          const expected = new RegExp(`^${parts.map(meaning).join('')}$`, 'u').test(text.join(''));
          assert.equal(likePattern(parts.join(''))(text.join('')), expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('matches its own text, escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(likePattern(text.replace(/[\\%_]/g, '\\$&'))(text));
      }),
    );
  });

  it('ends with a backslash that is one', () => {
    assert.ok(likePattern('a\\')('a\\'));
  });

  it('needs no time that grows without bound', () => {
    const text = 'a'.repeat(20_000);
    assert.equal(likePattern(`${'%a'.repeat(50)}%b`)(text), false);
  });
});
