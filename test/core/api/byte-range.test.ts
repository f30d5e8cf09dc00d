import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseByteRange } from '../../../core/api/byte-range.ts';

describe('a Range header (RFC 9110, 14.1.2)', () => {
  const cases: [header: string, size: number, expected: ReturnType<typeof parseByteRange>][] = [
    ['bytes=0-499', 10_000, { first: 0, last: 499 }],
    ['bytes=500-999', 10_000, { first: 500, last: 999 }],
    ['bytes=-500', 10_000, { first: 9500, last: 9999 }],
    ['bytes=9500-', 10_000, { first: 9500, last: 9999 }],
    ['bytes=0-0', 10_000, { first: 0, last: 0 }],
    ['bytes=9000-99999', 10_000, { first: 9000, last: 9999 }],
    ['bytes=-99999', 10_000, { first: 0, last: 9999 }],
    ['Bytes = 1-2', 10_000, { first: 1, last: 2 }],
    ['bytes=10000-', 10_000, 'unsatisfiable'],
    ['bytes=-0', 10_000, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=5-4', 10_000, undefined],
    ['bytes=-', 10_000, undefined],
    ['bytes=0-1,4-5', 10_000, undefined],
    ['items=0-1', 10_000, undefined],
    ['bytes=a-b', 10_000, undefined],
  ];
  for (const [header, size, expected] of cases) {
    test(`${header} of ${size}`, () => assert.deepEqual(parseByteRange(header, size), expected));
  }

  test('never reaches beyond the bytes that there are', () => {
    const header = fc
      .tuple(fc.option(fc.nat(300)), fc.option(fc.nat(300)))
      .map(([first, last]) => `bytes=${first ?? ''}-${last ?? ''}`);
    fc.assert(
      fc.property(header, fc.nat(200), (text, size) => {
        const part = parseByteRange(text, size);
        if (part === undefined || part === 'unsatisfiable') return;
        assert.ok(part.first >= 0 && part.first <= part.last && part.last < size);
      }),
    );
  });
});
