import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { queryWith } from '../../../core/api/links.ts';
import { allowedMethods, operationList } from '../../../core/api/operations.ts';
import { isProfiled } from '../../../core/api/profiles.ts';
import { InvalidQuery } from '../../../core/shared/errors.ts';
import { integerParameter, previousOffset } from '../../../core/shared/page-query.ts';

describe('links', () => {
  test('keep every parameter of the query but those that change', () => {
    const query = { a: ['1', '2'], limit: ['5'], toString: ['x'], f: ['html'] };
    assert.equal(queryWith(query, { limit: '9', f: undefined }), '?a=1&a=2&toString=x&limit=9');
    assert.equal(queryWith({ f: ['html'] }, { f: undefined }), '');
    assert.equal(queryWith({ 'a&b': ['c d/é'] }, {}), '?a%26b=c+d%2F%C3%A9');
  });

  test('to the page before never lead before the start, and from beyond the end to the last items', () => {
    for (const [offset, limit, total, expected] of [
      [10, 5, 100, 5],
      [3, 5, 100, 0],
      [100, 5, 100, 95],
      [Infinity, 5, 100, 95],
      [7, 5, 0, 0],
    ] as const) {
      assert.equal(previousOffset(offset, limit, total), expected);
    }
  });

  test('have numbers that are decimal, given once, and not below the least', () => {
    const read = (...values: string[]) => integerParameter({ limit: values }, 'limit', 1);
    assert.equal(integerParameter({}, 'limit', 1), undefined);
    assert.deepEqual([read('1'), read('007')], [1, 7]);
    for (const values of [['0'], ['-1'], ['1.0'], ['1e2'], ['0x1'], [''], [' 1'], ['1', '1'], []]) {
      assert.throws(() => read(...values), InvalidQuery, values.join());
    }
  });
});

describe('the profile of results', () => {
  const uri = 'https://www.opengis.net/def/profile/OGC/0/ogc-results';
  const cases: [headers: Record<string, string>, profile: string[] | undefined, expected: boolean][] = [
    [{}, undefined, false],
    [{}, ['other,ogc-results'], true],
    [{}, ['other', uri], true],
    [{}, ['[ogc-profile:ogc-results]'], true],
    [{}, [uri.replace('https', 'http')], true],
    [{}, ['ogc-results-2'], false],
    [{ 'accept-profile': `<https://example.org/other>;q=0.5, <${uri}>;q=0.9` }, undefined, true],
    [{ link: `<${uri}>; rel="profile"` }, undefined, true],
    [{ link: `<https://example.org>; rel="profile", <${uri}>; rel=profile` }, undefined, true],
    [{ link: `<${uri}>; rel="author"` }, undefined, false],
    [{ prefer: `profile="${uri}"` }, undefined, true],
  ];
  for (const [headers, profile, expected] of cases) {
    test(`${JSON.stringify({ ...headers, profile })}: ${expected}`, () => {
      const query: Record<string, string[]> = profile ? { profile } : {};
      assert.equal(isProfiled({ headers, query } as unknown as Parameters<typeof isProfiled>[0]), expected);
    });
  }
});

test('a path allows what its operations do, HEAD with a GET that only reads, and OPTIONS', () => {
  assert.deepEqual(allowedMethods('/jobs/{jobID}'), ['GET', 'DELETE', 'HEAD', 'OPTIONS']);
  assert.deepEqual(allowedMethods('/processes/{processID}/execution'), ['POST', 'GET', 'OPTIONS']);
  for (const { path } of operationList)
    assert.equal(new Set(allowedMethods(path)).size, allowedMethods(path).length);
});
