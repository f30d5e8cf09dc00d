import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parsePrefer } from '../../../core/execution/preferences.ts';

describe('Prefer (RFC 7240)', () => {
  const cases: [header: string | undefined, expected: object][] = [
    [undefined, { respondAsync: false }],
    ['', { respondAsync: false }],
    ['respond-async', { respondAsync: true }],
    ['respond-async ', { respondAsync: true }],
    ['Respond-Async; foo=1', { respondAsync: true }],
    ['respond-async=""', { respondAsync: true }],
    ['respond-async=yes', { respondAsync: false }],
    ['wait=5, respond-async', { respondAsync: true, wait: 5 }],
    ['wait=5, respond-async, wait=9', { respondAsync: true, wait: 5 }],
    ['wait="7"', { respondAsync: false, wait: 7 }],
    ['wait = 7 ; x', { respondAsync: false, wait: 7 }],
    ['wait=-1', { respondAsync: false }],
    ['wait=soon', { respondAsync: false }],
    ['return=minimal', { respondAsync: false, return: 'minimal' }],
    ['RETURN=Representation', { respondAsync: false, return: 'representation' }],
    ['return=everything', { respondAsync: false }],
    ['profile="a,b;c", respond-async', { respondAsync: true, profile: 'a,b;c' }],
    ['x="\\", respond-async"', { respondAsync: false }],
    [',,;=,"', { respondAsync: false }],
    ['wait=123456789', { respondAsync: false, wait: 123456789 }],
    ['wait=1234567890', { respondAsync: false }],
    ['wait=5s', { respondAsync: false }],
    ['profile="a\\\\b\\"c"', { respondAsync: false, profile: 'a\\b"c' }],
    ['profile="a\\",b", wait=5', { respondAsync: false, profile: 'a",b', wait: 5 }],
    ['profile=a\\, wait=5', { respondAsync: false, profile: 'a\\', wait: 5 }],
    ['profile="a"b', { respondAsync: false, profile: '"a"b' }],
    ['profile=b"a"', { respondAsync: false, profile: 'b"a"' }],
    ['profile=""', { respondAsync: false }],
    ['=respond-async', { respondAsync: false }],
    ['=, respond-async', { respondAsync: true }],
  ];
  for (const [header, expected] of cases) {
    test(JSON.stringify(header) ?? 'no header', () => assert.deepEqual(parsePrefer(header), expected));
  }

  test('any text is read without an error, and only known members come of it', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const { respondAsync, wait = 0, return: wanted = 'minimal' } = parsePrefer(header);
        assert.equal(typeof respondAsync, 'boolean');
        assert.ok(Number.isInteger(wait) && wait >= 0);
        assert.ok(['minimal', 'representation'].includes(wanted));
      }),
    );
  });
});
