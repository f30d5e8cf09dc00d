import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DEEPEST_NESTING, jsonOrText, parseJson, pointerSegment } from '../../../core/shared/json.ts';

const read = (text: string) => parseJson(Buffer.from(text), 'It');
const nested = (levels: number) => `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`;

describe('JSON', () => {
  test('any value comes back as JSON.parse reads it', () => {
    fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(read(text), { value: JSON.parse(text) })));
  });

  test('nests as deep as it may, and no deeper', () => {
    assert.ok('value' in read(nested(DEEPEST_NESTING / 2)));
    const detail = `It nests more than ${DEEPEST_NESTING} arrays and objects.`;
    for (const levels of [DEEPEST_NESTING / 2 + 1, 10_000]) {
      assert.deepEqual(read(nested(levels)), { pointer: '', detail });
    }
  });

  test('a number beyond doubles is told with its place', () => {
    for (const [text, pointer] of [
      ['1e309', ''],
      ['[0,-1e309]', '/1'],
      ['{"a":{"b/c~d":[{"":1e309}]}}', '/a/b~1c~0d/0/'],
    ] as const) {
      assert.equal((read(text) as { pointer: string }).pointer, pointer);
    }
    assert.deepEqual(read('[1.7976931348623157e308,1e-400]'), { value: [Number.MAX_VALUE, 0] });
  });

  test('half of a surrogate pair is told with its place, in values and in names', () => {
    for (const [text, pointer] of [
      ['"\\ud800"', ''],
      ['["a","\\udc00\\ud800"]', '/1'],
      ['{"a":{"\\udfff":1}}', '/a'],
    ] as const) {
      const fault = read(text) as { pointer: string; detail: string };
      assert.equal(fault.pointer, pointer);
      assert.match(fault.detail, /unpaired surrogate/);
    }
    assert.deepEqual(read('"\\ud83c\\udf0d"'), { value: '\u{1f30d}' });
  });

  test('of a column is its value, or its text where nothing can be done with the value', () => {
    assert.deepEqual(jsonOrText('{"a":[1]}'), { a: [1] });
    for (const text of ['{', '1e999', '"\\ud800"', nested(5000)]) assert.equal(jsonOrText(text), text);
  });

  test('a member named __proto__ is a member', () => {
    const { value } = read('{"__proto__":{"a":1}}') as { value: object };
    assert.deepEqual(Object.keys(value), ['__proto__']);
    assert.equal((value as { a?: number }).a, undefined);
  });

  test('what is no JSON, or no UTF-8, is said to be none', () => {
    for (const bytes of [Buffer.from(''), Buffer.from('{'), Buffer.from('NaN'), Uint8Array.of(34, 255, 34)]) {
      const fault = parseJson(bytes, 'It') as { detail: string };
      assert.match(fault.detail, /^It is not JSON: .+\.$/);
    }
  });

  test('names are escaped for pointers', () => assert.equal(pointerSegment('a/b~c'), 'a~1b~0c'));
});
