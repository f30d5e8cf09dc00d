import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import AjvDraft04 from 'ajv-draft-04';
import { inputFaults, interpret, readOccurrences } from '../../../core/execution/input-values.ts';
import { findSchemaFaults } from '../../../core/execution/validation.ts';
import type { JsonSchema } from '../../../core/processes/schema.ts';
import { processes } from '../../../processes/index.ts';
import { everything } from '../../support/process-fixture.ts';

const told = (schema: JsonSchema, value: unknown) => findSchemaFaults(schema, value, '/inputs/x');
const bytes: JsonSchema = { type: 'string', contentEncoding: 'base64' };
const forms: JsonSchema = { oneOf: [{ type: 'integer' }, { type: 'array', title: 'a list' }] };

describe('what is wrong with a value', () => {
  const sentences: [schema: JsonSchema, value: unknown, detail: string][] = [
    [{ type: 'integer' }, 'x', 'must be an integer, but is "x".'],
    [{ type: 'string' }, { a: 1 }, 'must be a string, but is {"a":1}.'],
    [{ type: 'string', enum: ['a', 'b'] }, 'c', 'must be one of "a", "b", but is "c".'],
    [{ type: 'object', required: ['a'] }, {}, 'must have the member "a".'],
    [
      { type: 'object', required: ['distance'] },
      { Distance: 1 },
      'must have the member "distance". There is "Distance".',
    ],
    [
      { type: 'object', properties: { colour: {} }, additionalProperties: false },
      { color: 1 },
      'has the unknown member "color". Did you mean "colour"?',
    ],
    [
      { type: 'string', enum: ['round', 'flat'] },
      'rond',
      'must be one of "round", "flat", but is "rond". Did you mean "round"?',
    ],
    [{ type: 'array', minItems: 2 }, [1], 'must have at least 2 items, but has 1.'],
    [{ type: 'object', additionalProperties: false }, { b: 1 }, 'has the unknown member "b".'],
    [bytes, '###', 'must be base64-encoded bytes, but is "###".'],
    [
      bytes,
      'https://example.org/dem.tif',
      'is a URL as text; write {"href": "https://..."} to have it read.',
    ],
    [
      bytes,
      { type: 'Point' },
      'must be a file by reference ({"href": "https://..."}) or as base64 text, but is {"type":"Point"}.',
    ],
    [{ type: 'number', minimum: 2, exclusiveMinimum: true }, 2, 'must be > 2, but is 2.'],
    [forms, 'x', 'must be an integer or a list; it is "x".'],
    [
      forms,
      9_007_199_254_740_993n,
      'must be a number that a double holds exactly, but is 9007199254740993: beyond 2^53 it would become 9007199254740992.',
    ],
    [{ type: 'string', maxLength: 2 }, 'y'.repeat(90), 'must have at most 2 characters, but has 90.'],
  ];
  for (const [schema, value, detail] of sentences) {
    test(detail, () => assert.deepEqual(told(schema, value), [{ pointer: '/inputs/x', detail }]));
  }

  test('suggests only what is accepted, never what was given', () => {
    const collection: JsonSchema = {
      oneOf: [{ type: 'string' }, { type: 'object', format: 'geojson-feature-collection' }],
    };
    const detailOf = (type: string) => told(collection, { type, features: [] })[0]?.detail;
    assert.equal(detailOf('Feature'), 'must be a GeoJSON FeatureCollection; it has the "type" "Feature".');
    assert.match(detailOf('featurecollection') ?? '', /Did you mean "FeatureCollection"\?$/);
  });

  test('is told once, however many schemas say it', () => {
    const box: JsonSchema = {
      allOf: [
        { format: 'ogc-bbox' },
        { type: 'object', properties: { bbox: { type: 'array', items: { type: 'number' } } } },
      ],
    };
    assert.deepEqual(told(box, { bbox: ['1', 2, 3, 4] }), [
      { pointer: '/inputs/x/bbox/0', detail: 'must be a number, but is "1".' },
    ]);
    assert.deepEqual(told(box, { bbox: {} }), [
      { pointer: '/inputs/x/bbox', detail: 'must be an array, but is {}.' },
    ]);
  });

  test('is told with its place, all of it where the value is of ordinary length', () => {
    const items: JsonSchema = { type: 'array', items: { type: 'integer' } };
    assert.deepEqual(
      told(items, [1, 'a', 2, null]).map(({ pointer }) => pointer),
      ['/inputs/x/1', '/inputs/x/3'],
    );
    const long = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? index : 'a'));
    assert.deepEqual(
      told(items, long).map(({ pointer }) => pointer),
      ['/inputs/x/1'],
    );
    assert.deepEqual(told(items, long.filter(Number.isInteger)), []);
  });

  test('is one sentence for each place where none of several forms fits', () => {
    const items: JsonSchema = { type: 'array', items: forms };
    assert.deepEqual(
      told(items, ['a', 1, 'b', []]).map(({ pointer }) => pointer),
      ['/inputs/x/0', '/inputs/x/2'],
    );
  });

  test('nothing, where forms differ by no more than their media type', () => {
    const twice: JsonSchema = { oneOf: [{ type: 'string', contentMediaType: 'a/b' }, { type: 'string' }] };
    assert.deepEqual(told(twice, 'x'), []);
  });
});

describe('the schemas by which values are checked', () => {
  // The service does not look whether they are, which took longer than anything that it checks.
  test('are valid ones of draft 4 in all declarations', () => {
    const ajv = new (AjvDraft04 as unknown as typeof AjvDraft04.default)({
      strict: false,
      validateFormats: false,
    });
    let checked = 0;
    for (const { id, inputs, outputs } of processes)
      for (const [name, { schema }] of [...Object.entries(inputs), ...Object.entries(outputs)]) {
        assert.ok(ajv.validateSchema(schema as object), `${id} ${name}: ${ajv.errorsText()}`);
        checked++;
      }
    assert.ok(checked > 200, `${checked}`);
  });

  const bytesForms: JsonSchema[] = [
    bytes,
    { type: 'string', contentEncoding: 'binary' },
    { type: 'string', format: 'byte' },
    { type: 'string', format: 'binary' },
  ];
  for (const schema of bytesForms) {
    for (const text of ['', 'QUI=', 'QQ==', 'QUJD', 'QUJDQUJD', 'QUJDQUI=', '+/+/']) {
      test(`${JSON.stringify(schema)}: "${text}" is base64`, () => assert.deepEqual(told(schema, text), []));
    }
    for (const text of ['Q', 'QUJ', 'QUJDQ', 'Q===', '#===', '##I=', 'QU#=', 'QUJD=', '-_-_', 'QUJD\n']) {
      test(`${JSON.stringify(schema)}: ${JSON.stringify(text)} is no base64`, () =>
        assert.match(told(schema, text)[0]?.detail ?? '', /^must be base64-encoded bytes, but is /));
    }
  }

  const formats: [format: string, right: string, wrong: string, what: string][] = [
    [
      'date-time',
      '2026-01-31T12:00:00Z',
      '2026-01-31',
      'an RFC 3339 date and time with a zone, such as 2026-01-31T12:00:00Z',
    ],
    ['date', '2026-01-31', '2026-02-31', 'an RFC 3339 date, such as 2026-01-31'],
    ['time', '12:00:00Z', '25:00:00Z', 'time'],
    ['uri', 'https://e.org/a', 'a b', 'an absolute URI'],
    ['email', 'a@e.org', 'a', 'email'],
    ['uuid', '123e4567-e89b-12d3-a456-426614174000', '123', 'uuid'],
  ];
  for (const [format, right, wrong, what] of formats) {
    test(`format ${format}`, () => {
      assert.deepEqual(told({ type: 'string', format }, right), []);
      assert.deepEqual(told({ type: 'string', format }, wrong), [
        { pointer: '/inputs/x', detail: `must be ${what}, but is "${wrong}".` },
      ]);
    });
  }
  test('a format that nobody checks asserts nothing', () => {
    assert.deepEqual(told({ type: 'string', format: 'wkt' }, 'anything'), []);
  });

  test('what must not be is refused', () => {
    assert.equal(told({ not: { type: 'integer' } }, 5).length, 1);
    assert.deepEqual(told({ not: { type: 'integer' } }, 'x'), []);
  });
  test('oneOf and anyOf beside each other are both left to the process', () => {
    const both: JsonSchema = { oneOf: [{ type: 'integer' }], anyOf: [{ type: 'string' }] };
    assert.deepEqual(told(both, true), []);
  });
  test('all of several schemas must fit', () => {
    assert.equal(told({ allOf: [{ type: 'integer' }, { minimum: 5 }] }, 4).length, 1);
  });
  test('further members are what their schema says, or anything', () => {
    const numbers: JsonSchema = {
      type: 'object',
      additionalProperties: { type: 'string', contentEncoding: 'base64' },
    };
    assert.deepEqual(
      told(numbers, { a: 'QUJD', b: '#' }).map(({ pointer }) => pointer),
      ['/inputs/x/b'],
    );
    assert.deepEqual(told({ type: 'object', additionalProperties: true }, { a: 1 }), []);
    assert.deepEqual(told({ type: 'object' }, { a: 1 }), []);
  });
  test('a schema is compiled once', () => {
    const schema: JsonSchema = { type: 'integer' };
    assert.equal(told(schema, 'x').length, 1);
    // What is compiled is not read again.
    Object.assign(schema, { type: 'string' });
    assert.equal(told(schema, 'x').length, 1);
  });
  test('all faults are looked for in up to 10000 members, counted at all depths', () => {
    const pairs: JsonSchema = { type: 'array', items: { type: 'array', items: { type: 'integer' } } };
    const value = (length: number) => [
      ...Array.from({ length: length - 1 }, () => ['a']),
      [...Array.from({ length: 10_000 - 2 * length + 1 }, () => 1)],
    ];
    assert.equal(told(pairs, value(100)).length, 99);
    const [last] = value(100).slice(-1);
    assert.equal(told(pairs, [...value(100).slice(0, -1), [...(last ?? []), 1]]).length, 1);
  });
});

describe('an occurrence of an input', () => {
  const cases: [raw: unknown, expected: object][] = [
    [5, { kind: 'literal', pointer: '/p', value: 5 }],
    [[1], { kind: 'literal', pointer: '/p', value: [1] }],
    [{ value: null }, { kind: 'literal', pointer: '/p/value', value: null }],
    [
      { value: 1, mediaType: 'a/b', encoding: 'base64' },
      {
        kind: 'literal',
        pointer: '/p/value',
        value: 1,
        mediaType: 'a/b',
        encoding: 'base64',
        encodingPointer: '/p/encoding',
      },
    ],
    [
      { value: 1, format: { mediaType: 'a/b' } },
      { kind: 'literal', pointer: '/p/value', value: 1, mediaType: 'a/b' },
    ],
    [{ value: { value: 1 } }, { kind: 'literal', pointer: '/p/value', value: { value: 1 } }],
    [
      { href: 'https://e.org', type: 'a/b', layer: 'l' },
      { kind: 'reference', pointer: '/p', href: 'https://e.org', mediaType: 'a/b', layer: 'l' },
    ],
    [{ href: 5 }, { kind: 'literal', pointer: '/p', value: { href: 5 } }],
    [
      { collection: 'a', bbox: [] },
      { kind: 'collection', pointer: '/p', members: { collection: 'a', bbox: [] } },
    ],
    [{ bbox: [1, 2, 3, 4] }, { kind: 'literal', pointer: '/p', value: { bbox: [1, 2, 3, 4] } }],
  ];
  for (const [raw, expected] of cases) {
    test(JSON.stringify(raw), () => assert.deepEqual(interpret(raw, '/p'), expected));
  }

  test('may be inline, qualified or by reference, also mixed within one input', () => {
    const words = everything.inputs['words']!;
    const kinds = readOccurrences(words, ['a', { value: 'b' }, { href: 'https://e.org' }], '/p');
    assert.deepEqual(
      kinds.map(({ kind, pointer }) => [kind, pointer]),
      [
        ['literal', '/p/0'],
        ['literal', '/p/1/value'],
        ['reference', '/p/2'],
      ],
    );
  });
});

describe('/req/ogc-process-description/value-passing: an input that is taken', () => {
  const withPassing = (...valuePassing: string[]) =>
    ({
      ...everything,
      inputs: { text: { ...everything.inputs['text'], valuePassing } },
    }) as unknown as typeof everything;
  const reference = { href: 'https://example.org/a.txt' };

  test('by value only refuses a reference', () => {
    const [fault] = inputFaults(withPassing('byValue'), { text: reference });
    assert.deepEqual(fault, {
      pointer: '/inputs/text',
      detail: 'must be given by value; references are not accepted.',
    });
    assert.deepEqual(inputFaults(withPassing('byValue'), { text: 'a' }), []);
  });

  test('by reference only refuses a value', () => {
    const [fault] = inputFaults(withPassing('byReference'), { text: 'a' });
    assert.match(fault!.detail, /by reference/);
    assert.deepEqual(inputFaults(withPassing('byReference'), { text: reference }), []);
  });
});

test('/req/core/process-execute-input-array: each of several arrays is checked by itself', () => {
  const faults = inputFaults(everything, { text: 'a', pairs: [[1, 2], [3]] });
  assert.deepEqual(
    faults.map(({ pointer }) => pointer),
    ['/inputs/pairs/1'],
  );
});

test('a request without inputs is right where none is required', () => {
  const { text: _, ...optional } = everything.inputs;
  assert.deepEqual(inputFaults({ ...everything, inputs: optional } as typeof everything, {}), []);
});
