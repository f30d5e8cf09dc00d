import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findRepeatedName } from '../../../core/shared/repeated-names.ts';

const find = (json: string, levels = 3) => findRepeatedName(new TextEncoder().encode(json), levels);

describe('a name that is repeated', () => {
  for (const [json, pointer] of [
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":1},"a":{}}', '/a'],
    ['{"inputs":{"distance":10,"distance":99}}', '/inputs/distance'],
    ['{"a":[{"b":1},{"c":1,"c":2}]}', '/a/1/c'],
    ['{"a":"\\"a\\":1,","b":{},"b":1}', '/b'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"a/b~":1,"a/b~":2}', '/a~1b~0'],
    ['{"ä":1,"\\u00e4":2}', '/ä'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['{"":1,"":2}', '/'],
    ['[1,"a",{"b":1,"b":2}]', '/2/b'],
    ['{ "a" : "\\\\" , "a" : 1 }', '/a'],
  ] as const)
    test(`is found: ${json}`, () => {
      assert.equal(find(json), pointer);
    });

  for (const json of [
    '{}',
    '[]',
    '1',
    '"a"',
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '["a","a"]',
    '{"a":"{\\"a\\":1}","b":["a","a",{"a":"a"}]}',
    '{"a":1,"A":2}',
  ])
    test(`is none: ${json}`, () => {
      assert.equal(find(json), undefined);
    });

  test('is not looked for deeper than asked', () => {
    assert.equal(find('{"a":{"b":{"c":1,"c":2}}}', 2), undefined);
    assert.equal(find('{"a":{"b":{"c":1,"c":2}}}', 3), '/a/b/c');
    assert.equal(find('{"a":{"b":{"c":[{}]},"d":1,"d":2}}', 2), '/a/d');
  });

  test('is in no JSON that was written from a value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        assert.equal(find(JSON.stringify(value), 10), undefined);
      }),
    );
  });
});
