import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { executionFromQuery } from '../../../core/execution/query-request.ts';
import { inputFromQuery } from '../../../core/execution/query-values.ts';
import type { Input } from '../../../core/processes/declaration.ts';
import type { JsonSchema } from '../../../core/processes/schema.ts';
import type { InvalidRequest } from '../../../core/shared/errors.ts';
import { everything } from '../../support/process-fixture.ts';

const inputs = everything.inputs as Readonly<Record<string, Input>>;

describe('the value of an input in a query', () => {
  const cases: [id: string, values: string[], expected: unknown, members?: Record<string, string>][] = [
    ['text', ['a,b'], 'a,b'],
    ['text', [''], ''],
    ['text', ['a', 'b'], ['a', 'b']],
    ['number', ['2.5'], 2.5],
    ['number', [' -.5e+1 '], -5],
    ['number', ['0x10'], '0x10'],
    ['number', ['1e999'], '1e999'],
    ['number', ['NaN'], 'NaN'],
    ['number', [''], ''],
    ['integer', ['7'], 7],
    ['pair', ['1,2'], [1, 2]],
    ['pair', ['[1,2]'], [1, 2]],
    ['pair', ['[1,2'], '[1,2'],
    ['pair', ['1', '2'], [1, 2]],
    ['words', ['a,b', 'c'], ['a', 'b', 'c']],
    [
      'pairs',
      ['[1,2],[3,4]'],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['measure', ['{"uom":"a,b"}'], { uom: 'a,b' }],
    ['measure', [`${'['.repeat(9000)}`], '['.repeat(9000)],
    ['area', ['1,2,3,4'], { bbox: [1, 2, 3, 4], crs: 'x' }, { crs: 'x' }],
    ['area', ['1', '2', '3', '4'], { bbox: [1, 2, 3, 4] }],
    ['area', ['{"bbox":[1]}'], { bbox: [1] }],
    ['geometry', ['<gml:Point/>'], '<gml:Point/>'],
    ['geometry', ['{"type":"Point"}'], { type: 'Point' }],
    [
      'pairs',
      ['[[1,2],[3,4]]'],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['pairs', ['[1,2]'], [[1, 2]]],
    ['words', ['["a,b","c"]'], ['a,b', 'c']],
    ['text', ['{"value":"a"}'], '{"value":"a"}'],
    ['measure', ['{"value":{"uom":"m"}}'], { value: { uom: 'm' } }],
    ['image', ['{"value":"QUJD","mediaType":"image/jp2"}'], { value: 'QUJD', mediaType: 'image/jp2' }],
    ['image', ['{"href":"https://e.org"}'], { href: 'https://e.org' }],
    ['image', ['QUJD'], { value: 'QUJD', mediaType: 'image/jp2' }, { mediatype: 'image/jp2' }],
    ['image', [], { href: 'https://e.org', type: 'a/b' }, { href: 'https://e.org', type: 'a/b' }],
  ];
  for (const [id, values, expected, members = {}] of cases) {
    test(`${id} of ${JSON.stringify(values).slice(0, 40)} ${JSON.stringify(members)}`, () => {
      assert.deepEqual(inputFromQuery(inputs[id]!, { values, members }), expected);
    });
  }
});

test('text that begins like JSON and is none is refused with the reason', () => {
  const { inputs: _, ...rest } = everything;
  for (const [id, text] of Object.entries({ measure: '{"uom":', pair: '[1,', area: '{"bbox":[1e999]}' })) {
    assert.throws(
      () => executionFromQuery({ text: ['a'], [id]: [text] }, { ...rest, inputs }),
      ({ faults }: InvalidRequest) =>
        faults[0]?.pointer === `/inputs/${id}` && /not JSON|double/.test(faults[0].detail),
    );
  }
});

test('a query is sorted into inputs, outputs, and how the answer is wanted', () => {
  const execution = executionFromQuery(
    {
      TEXT: ['a'],
      'text[include]': ['true'],
      'image[include]': ['TRUE'],
      'image[mediaType]': ['image/jp2'],
      'gml[include]': ['false'],
      'response[f]': ['text/html'],
      'response[prefer]': ['wait=5', 'respond-async'],
      profile: ['x'],
    },
    everything,
  );
  assert.deepEqual(execution, {
    body: { inputs: { text: 'a' }, outputs: { text: {}, image: { format: { mediaType: 'image/jp2' } } } },
    accept: 'text/html',
    prefer: 'wait=5, respond-async',
  });
});

/** An input of a schema, which occurs once unless said otherwise. */
const once = (schema: JsonSchema): Input => ({ title: 'Input', schema, minOccurs: 0, maxOccurs: 1 });
const often = (schema: JsonSchema): Input => ({ ...once(schema), maxOccurs: 'unbounded' });
const read = (input: Input, ...values: string[]) => inputFromQuery(input, { values, members: {} });

describe('members in brackets', () => {
  const box: JsonSchema = { allOf: [{ format: 'ogc-bbox' }] };
  const document: JsonSchema = { type: 'string', contentMediaType: 'text/xml' };
  type Case = [rule: string, input: Input, values: string[], members: Record<string, string>, unknown];
  const cases: Case[] = [
    [
      'the media type is that of each occurrence',
      often(document),
      ['a,b'],
      { mediatype: 'text/xml' },
      [
        { value: 'a', mediaType: 'text/xml' },
        { value: 'b', mediaType: 'text/xml' },
      ],
    ],
    [
      'encoding and schema are too',
      often(document),
      ['a'],
      { encoding: 'base64', schema: 's' },
      [{ value: 'a', encoding: 'base64', schema: 's' }],
    ],
    ['one occurrence', often(document), [], { value: 'a,b' }, ['a,b']],
    ['one link', often(document), [], { href: 'https://e.org' }, [{ href: 'https://e.org' }]],
    [
      'the media type of a link is its type',
      once(document),
      [],
      { href: 'h', mediatype: 't' },
      { href: 'h', type: 't' },
    ],
    [
      'a bounding box by its member',
      once(box),
      [],
      { value: '1,2,3,4', crs: 'x' },
      { bbox: [1, 2, 3, 4], crs: 'x' },
    ],
    [
      'a bounding box as JSON',
      once(box),
      ['{"bbox":[1,2,3,4]}'],
      { crs: 'x' },
      { bbox: [1, 2, 3, 4], crs: 'x' },
    ],
    [
      'bounding boxes',
      often(box),
      ['{"bbox":[1]},{"bbox":[2]}'],
      { crs: 'x' },
      [
        { bbox: [1], crs: 'x' },
        { bbox: [2], crs: 'x' },
      ],
    ],
    [
      'a bounding box of a media type',
      once(box),
      ['1,2'],
      { mediatype: 'a/b' },
      { value: { bbox: [1, 2] }, mediaType: 'a/b' },
    ],
    [
      'several values of an input that occurs once stay several',
      once(document),
      ['a', 'b'],
      { mediatype: 't' },
      { value: ['a', 'b'], mediaType: 't' },
    ],
  ];
  for (const [rule, input, values, members, expected] of cases)
    test(rule, () => assert.deepEqual(inputFromQuery(input, { values, members }), expected));

  const refusals: [rule: string, Input, string[], Record<string, string>, RegExp][] = [
    [
      'of a link say nothing of a value',
      once(document),
      ['a'],
      { type: 't', rel: 'r' },
      /\[type\], \[rel\].* to links only/,
    ],
    [
      'of a value say nothing of a link',
      once(document),
      [],
      { href: 'h', encoding: 'e' },
      /\[encoding\].* not apply to a link/,
    ],
    [
      'give the type of a link once',
      once(document),
      [],
      { href: 'h', type: 't', mediatype: 't' },
      /\[mediaType\].* not apply to a link/,
    ],
    ['need a value', once(document), [], { mediatype: 't' }, /\[mediaType\] but no value/],
    ['give a CRS to bounding boxes only', once(document), ['a'], { crs: 'x' }, /bounding boxes only/],
    [
      'give a CRS to a bounding box that has none',
      once(box),
      ['{"bbox":[1],"crs":"y"}'],
      { crs: 'x' },
      /omit the CRS/,
    ],
    [
      'are no second format',
      often(document),
      ['{"value":"a","mediaType":"b"},c'],
      { mediatype: 't' },
      /only one of the two/,
    ],
  ];
  for (const [rule, input, values, members, message] of refusals)
    test(`${rule}: else they are refused, not left out`, () => {
      const details: string[] = [];
      inputFromQuery(input, { values, members }, (detail) => details.push(detail));
      assert.match(details.join(), message);
    });
});

describe('text in a query is read as the type of the schema', () => {
  const number: JsonSchema = { type: 'number' };
  const cases: [rule: string, schema: JsonSchema, text: string, expected: unknown][] = [
    ['true, in any case', { type: 'boolean' }, 'TRUE', true],
    ['false, in any case', { type: 'boolean' }, 'False', false],
    ['a word that begins with a boolean is none', { type: 'boolean' }, 'trueish', 'trueish'],
    ['a word that ends with a boolean is none', { type: 'boolean' }, 'untrue', 'untrue'],
    ['digits before and after the point', number, '12.25', 12.25],
    ['a point at the end', number, '12.', 12],
    ['a point at the start', number, '.25', 0.25],
    ['an exponent without a sign', number, '1e12', 1e12],
    ['an exponent of several digits', number, '1E-10', 1e-10],
    ['a sign', { type: 'integer' }, '+7', 7],
    ['a string of digits stays a string', { type: 'string' }, '5', '5'],
    ['an array after blanks', { type: 'array', items: number }, ' [1,2]', [1, 2]],
    [
      'items that only contain a bracket',
      { type: 'array', items: { type: 'string' } },
      'x[1],2',
      ['x[1]', '2'],
    ],
    [
      'digits as strings where items are strings',
      { type: 'array', items: { type: 'string' } },
      '1,2',
      ['1', '2'],
    ],
    ['items of any type', { type: 'array' }, 'a,1,true', ['a', 1, true]],
    ['any type: JSON', {}, '{"a":1}', { a: 1 }],
    ['any type: no JSON', {}, 'plain', 'plain'],
    ['a value with its format, of numbers too', number, '{"value":5}', { value: 5 }],
    [
      'a value with its format, after blanks',
      { type: 'string', contentEncoding: 'base64' },
      ' {"value":"QUJD"}',
      { value: 'QUJD' },
    ],
    [
      'a reference to a document',
      { type: 'string', contentMediaType: 'application/gml+xml' },
      '{"href":"https://e.org"}',
      { href: 'https://e.org' },
    ],
    [
      'a document that is JSON without being wrapped',
      { type: 'string', contentMediaType: 'application/json' },
      '{"a":1}',
      '{"a":1}',
    ],
  ];
  for (const [rule, schema, text, expected] of cases) {
    test(`${rule}: ${text}`, () => assert.deepEqual(read(once(schema), text), expected));
  }
});

describe('text in a query is read as the first alternative that it fits', () => {
  const object: JsonSchema = { type: 'object' };
  const string: JsonSchema = { type: 'string' };
  const integer: JsonSchema = { type: 'integer' };
  const array: JsonSchema = { type: 'array' };
  const cases: [rule: string, schema: JsonSchema, text: string, expected: unknown][] = [
    ['text before an object', { oneOf: [string, object] }, '5', '5'],
    ['text after an object', { oneOf: [object, string] }, '5', '5'],
    ['text after an array', { oneOf: [array, string] }, '5', '5'],
    ['a number after an object', { anyOf: [object, integer] }, '+5', 5],
    ['an object', { oneOf: [string, object] }, '{"a":1}', { a: 1 }],
    ['an array', { anyOf: [string, array] }, ' [1]', [1]],
    ['an object made of several schemas', { oneOf: [string, { allOf: [object] }] }, '{"a":1}', { a: 1 }],
    ['text like JSON where no alternative is structured', { oneOf: [string, integer] }, '{"a":1}', '{"a":1}'],
    ['a boolean after a number', { oneOf: [integer, { type: 'boolean' }] }, 'true', true],
    ['a number after a boolean', { oneOf: [{ type: 'boolean' }, integer] }, '5', 5],
    ['text where all alternatives are structured', { oneOf: [object, array] }, '5', '5'],
  ];
  for (const [rule, schema, text, expected] of cases) {
    test(`${rule}: ${text}`, () => assert.deepEqual(read(once(schema), text), expected));
  }
});

describe('/req/kvp-execute/input-cardinality: occurrences between commas', () => {
  const cases: [rule: string, schema: JsonSchema, values: string[], expected: unknown[]][] = [
    ['a comma in a string of JSON', {}, ['{"a":"1,2"},{"a":3}'], [{ a: '1,2' }, { a: 3 }]],
    ['an escaped quotation mark', {}, ['{"a":"\\","},5'], [{ a: '",' }, 5]],
    ['a bracket in a string of JSON', {}, ['{"a":"}]"},[5,6]'], [{ a: '}]' }, [5, 6]]],
    ['an opening bracket in a string of JSON', {}, ['{"a":"{["},7'], [{ a: '{[' }, 7]],
    ['nested arrays', { type: 'array' }, ['[[1,2],3],[4]'], [[[1, 2], 3], [4]]],
    ['quotation marks outside of JSON are text', { type: 'string' }, ['"a,b"'], ['"a', 'b"']],
    ['a backslash outside of JSON is text', { type: 'string' }, ['a\\,b'], ['a\\', 'b']],
    ['closing brackets without opening ones', { type: 'string' }, ['a},b],c'], ['a}', 'b]', 'c']],
    ['an array after blanks', { type: 'string' }, [' ["a,b"]'], ['a,b']],
    ['an array among several values is one of them', { type: 'string' }, ['["a"]', 'b'], ['["a"]', 'b']],
    ['no array of arrays is one array', { type: 'array' }, ['[[1,2],3]'], [[[1, 2], 3]]],
    ['an array of objects is one array', { type: 'array' }, ['[{"a":1}]'], [[{ a: 1 }]]],
    [
      'an array of arrays and wrapped arrays',
      { type: 'array' },
      ['[{"value":[1,2]},[3,4]]'],
      [{ value: [1, 2] }, [3, 4]],
    ],
  ];
  for (const [rule, schema, values, expected] of cases) {
    test(`${rule}: ${values.join(' & ')}`, () =>
      assert.deepEqual(inputFromQuery(often(schema), { values, members: {} }), expected));
  }

  test('no value is no occurrence', () => {
    assert.deepEqual(inputFromQuery(often({ type: 'string' }), { values: [], members: {} }), []);
  });
});

describe('/req/kvp-execute/binary-input-value-qualified: members in brackets', () => {
  const image = inputs['image']!;
  const cases: [rule: string, values: string[], members: Record<string, string>, expected: unknown][] = [
    [
      'the value in brackets counts',
      ['a'],
      { value: 'b', mediatype: 'c/d' },
      { value: 'b', mediaType: 'c/d' },
    ],
    ['a comma belongs to the value', ['a,b'], { mediatype: 'c/d' }, { value: 'a,b', mediaType: 'c/d' }],
    ['an encoding alone', ['a'], { encoding: 'base64' }, { value: 'a', encoding: 'base64' }],
    ['an empty value', [''], { mediatype: 'c/d' }, { value: '', mediaType: 'c/d' }],
  ];
  for (const [rule, values, members, expected] of cases) {
    test(rule, () => assert.deepEqual(inputFromQuery(image, { values, members }), expected));
  }
  test('a bounding box by reference', () => {
    const members = { href: 'https://e.org' };
    assert.deepEqual(inputFromQuery(inputs['area']!, { values: [], members }), members);
  });
  test('a bounding box as JSON, after blanks', () => {
    assert.deepEqual(read(inputs['area']!, ' {"bbox":[1,2,3,4]}'), { bbox: [1, 2, 3, 4] });
  });
});

describe('what is wrong with text that must be JSON', () => {
  const cases: [rule: string, schema: JsonSchema, text: string, told: RegExp | undefined][] = [
    ['is told after blanks too', {}, ' {"a":', /^The text is not JSON/],
    ['is told with its place', {}, '{"bbox":[1e999]}', /^\/bbox\/0 /],
    ['is told without a place where it is the text', {}, '[', /^The text/],
    ['is nothing where a text only contains a bracket', {}, 'a [', undefined],
    ['is nothing where an item only contains a bracket', { type: 'array' }, 'a[1', undefined],
    [
      'is nothing where an alternative is text',
      { oneOf: [{ type: 'object' }, { type: 'string' }] },
      'a [',
      undefined,
    ],
  ];
  for (const [rule, schema, text, told] of cases) {
    test(`${rule}: ${text}`, () => {
      const reports: string[] = [];
      inputFromQuery(once(schema), { values: [text], members: {} }, (detail) => reports.push(detail));
      assert.equal(reports.length, told ? 1 : 0, reports.join());
      if (told) assert.match(reports[0]!, told);
    });
  }
});
