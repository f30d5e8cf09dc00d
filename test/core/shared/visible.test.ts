import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseByteRange } from '../../../core/api/byte-range.ts';
import { InvalidQuery } from '../../../core/shared/errors.ts';
import { negotiate } from '../../../core/shared/negotiate.ts';
import { problemFromError, shortened } from '../../../core/shared/problems.ts';
import { turnsDirection, withVisibleTurns } from '../../../core/shared/visible.ts';
import { redact } from '../../../functions/observe/redact.ts';

const spoofed = 'report\u202efdp.exe';
const written = 'report\\u202efdp.exe';

describe('characters that turn the direction of text', () => {
  test('are those of Unicode Annex 9, and no others: languages written from the right need none of them', () => {
    for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069])
      assert.ok(turnsDirection(`a${String.fromCharCode(code)}b`), code.toString(16));
    for (const text of ['ضوضاء', 'רעש \u200f5', 'a\u200db', '👩‍🌾', '\u2065', '\u206a']) {
      assert.equal(turnsDirection(text), false);
      assert.equal(withVisibleTurns(text), text);
    }
  });

  test('are written out in problems, messages and lines for the operator', () => {
    const { errors } = problemFromError(
      new InvalidQuery([{ pointer: '?f', detail: `"${spoofed}" is not offered.` }]),
    );
    assert.equal(errors?.[0]?.detail, `"${written}" is not offered.`);
    assert.equal(shortened(spoofed), written);
    assert.deepEqual(JSON.parse(JSON.stringify({ message: spoofed }, redact)), { message: written });
  });

  test('stay in places, by which programs find what is meant', () => {
    const { errors } = problemFromError(
      new InvalidQuery([{ pointer: `?${spoofed}`, detail: 'is unknown.' }]),
    );
    assert.equal(errors?.[0]?.pointer, `?${spoofed}`);
  });
});

describe('a header of blanks', () => {
  // Looked at from each of them to each other one, this would take longer than anybody waits for a test.
  const blanks = ' '.repeat(500_000);

  test('is read in one go', () => {
    const offered = ['application/json', 'text/html'];
    assert.equal(negotiate(`x${blanks}x`, offered), undefined);
    assert.equal(
      negotiate(`text/html${blanks};${blanks}q=0.5${blanks},${blanks}application/json`, offered),
      'application/json',
    );
    assert.equal(parseByteRange(`bytes=${blanks}x`, 10), undefined);
    assert.deepEqual(parseByteRange(`bytes${blanks}=${blanks}1${blanks}-${blanks}2${blanks}`, 10), {
      first: 1,
      last: 2,
    });
  });
});
