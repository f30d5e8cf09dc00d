import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inputFaults, interpret, literalFaults } from '../../../core/execution/input-values.ts';
import type { Input } from '../../../core/processes/declaration.ts';
import type { JsonSchema } from '../../../core/processes/schema.ts';
import { everything } from '../../support/process-fixture.ts';

const withInput = (input: Partial<Input>) =>
  ({
    ...everything,
    inputs: { x: { title: 'The X', schema: {}, minOccurs: 0, maxOccurs: 1, ...input } },
  }) as unknown as typeof everything;
const faultsWith = (input: Partial<Input>, x: unknown) => inputFaults(withInput(input), { x });

describe('the wrapping of an occurrence', () => {
  const cases: [rule: string, raw: unknown, expected: object][] = [
    [
      'has a nested format with an encoding',
      { value: 1, format: { encoding: 'base64' } },
      {
        kind: 'literal',
        pointer: '/p/value',
        value: 1,
        encoding: 'base64',
        encodingPointer: '/p/format/encoding',
      },
    ],
    [
      'means its own members where the format says otherwise',
      { value: 1, mediaType: 'a/b', encoding: 'x', format: { mediaType: 'c/d', encoding: 'y' } },
      {
        kind: 'literal',
        pointer: '/p/value',
        value: 1,
        mediaType: 'a/b',
        encoding: 'x',
        encodingPointer: '/p/encoding',
      },
    ],
    [
      'has no media type that is not a string',
      { value: 1, mediaType: 5, encoding: null, format: 'x' },
      { kind: 'literal', pointer: '/p/value', value: 1 },
    ],
    [
      'of a reference may call its type mediaType',
      { href: 'https://e.org', mediaType: 'a/b' },
      { kind: 'reference', pointer: '/p', href: 'https://e.org', mediaType: 'a/b' },
    ],
    [
      'of a reference has no more than its address',
      { href: 'https://e.org' },
      { kind: 'reference', pointer: '/p', href: 'https://e.org' },
    ],
    [
      'is none where a collection is no name',
      { collection: 5 },
      { kind: 'literal', pointer: '/p', value: { collection: 5 } },
    ],
  ];
  for (const [rule, raw, expected] of cases) {
    test(rule, () => assert.deepEqual(interpret(raw, '/p'), expected));
  }
});

describe('/req/core/process-execute-input-array: the number of occurrences', () => {
  const cases: [
    minOccurs: number,
    maxOccurs: number | 'unbounded',
    raw: unknown,
    detail: string | undefined,
  ][] = [
    [0, 3, 'a', 'must be an array of 0 to 3 values, even for one value.'],
    [1, 'unbounded', 'a', 'must be an array of 1 or more values, even for one value.'],
    [2, 3, ['a'], 'must have 2 to 3 values, but has 1.'],
    [2, 'unbounded', ['a'], 'must have 2 or more values, but has 1.'],
    [0, 2, ['a', 'b', 'c'], 'must have 0 to 2 values, but has 3.'],
    [2, 3, ['a', 'b'], undefined],
    [2, 3, ['a', 'b', 'c'], undefined],
    [1, 'unbounded', ['a', 'b', 'c', 'd'], undefined],
  ];
  for (const [minOccurs, maxOccurs, raw, detail] of cases) {
    test(`${minOccurs} to ${maxOccurs}: ${JSON.stringify(raw)}`, () => {
      const faults = faultsWith({ minOccurs, maxOccurs }, raw);
      assert.deepEqual(faults, detail === undefined ? [] : [{ pointer: '/inputs/x', detail }]);
    });
  }

  test('one that is missing is named by its title', () => {
    const [fault, ...others] = faultsWith({ minOccurs: 1 }, null);
    assert.deepEqual([fault?.pointer, fault?.detail], ['/inputs/x', 'The input "The X" is required.']);
    assert.deepEqual(others, []);
  });
});

describe('an encoding', () => {
  const text: JsonSchema = { type: 'string', contentMediaType: 'text/csv' };
  const bytes: JsonSchema = { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/tiff' };
  const either: JsonSchema = { oneOf: [text, bytes] };
  const value = 'aGFsbG8h';

  test('is base64, in any case, or that of text', () => {
    for (const schema of [text, bytes, either])
      assert.deepEqual(faultsWith({ schema }, { value, encoding: 'BASE64' }), []);
    assert.deepEqual(faultsWith({ schema: text }, { value, encoding: 'UTF-8' }), []);
    assert.deepEqual(faultsWith({ schema: either }, { value, format: { encoding: 'utf8' } }), []);
  });

  test('that nobody decodes is refused', () => {
    const refused: [schema: JsonSchema, members: object, place: string, told: string][] = [
      [bytes, { encoding: 'hex' }, '/encoding', '"hex"'],
      [bytes, { format: { encoding: 'hex' } }, '/format/encoding', '"hex"'],
      [text, { encoding: 'gzip' }, '/encoding', '"gzip"'],
      [bytes, { encoding: 'utf-8' }, '/encoding', '"utf-8"'],
      [either, { mediaType: 'image/tiff', encoding: 'utf-8' }, '/encoding', '"utf-8"'],
      [bytes, { encoding: 64 }, '/encoding', '64'],
    ];
    for (const [schema, members, place, told] of refused) {
      const [fault, ...others] = faultsWith({ schema }, { value, ...members });
      assert.equal(fault?.pointer, `/inputs/x${place}`);
      assert.match(fault?.detail ?? '', /^must be "base64", the only encoding/);
      assert.ok(fault?.detail.includes(`but is ${told}.`), fault?.detail);
      assert.deepEqual(others, []);
    }
  });
});

describe('a collection', () => {
  const collection = { collection: 'rivers' };
  test('may be what is a layer', () => assert.deepEqual(faultsWith({ source: 'layer' }, collection), []));
  test('is checked member by member', () => {
    const [fault] = faultsWith({ source: 'layer' }, { ...collection, limit: 'x' });
    assert.equal(fault?.pointer, '/inputs/x/limit');
  });
  test('is refused where no layer is due', () => {
    assert.deepEqual(faultsWith({}, collection), [
      {
        pointer: '/inputs/x/collection',
        detail: 'The input is not a layer of features, so it cannot be a collection.',
      },
    ]);
  });
});

describe('an address', () => {
  for (const href of ['https://e.org/a', 'http://e.org/a', 'HTTPS://E.ORG']) {
    test(`${href} is taken`, () => assert.deepEqual(faultsWith({}, { href }), []));
  }

  const ownMachine = /^"[^"]+" is a path on your own machine.*POST \/uploads returns a URL/;
  const cases: [href: string, detail: RegExp][] = [
    ['roads.gpkg', ownMachine],
    ['../roads.gpkg', ownMachine],
    ['./roads.gpkg', ownMachine],
    ['data/a:b.gpkg', ownMachine],
    ['ftp://e.org/a', /^must be an absolute http or https URL, but is "ftp:\/\/e\.org\/a"\.$/],
    ['xhttp://e.org/a', /^must be an absolute http or https URL, but is "xhttp:\/\/e\.org\/a"\.$/],
    ['https-x://e.org/a', /^must be an absolute http or https URL, but is "https-x:\/\/e\.org\/a"\.$/],
    ['x+s3://e.org/a', /^must be an absolute http or https URL, but is "x\+s3:\/\/e\.org\/a"\.$/],
    ['s3://b/k', /A presigned https URL of the object works\.$/],
    ['gs://b/k', /A presigned https URL of the object works\.$/],
    ['az://b/k', /A presigned https URL of the object works\.$/],
    ['abfs://b/k', /A presigned https URL of the object works\.$/],
    ['ABFSS://b/k', /A presigned https URL of the object works\.$/],
  ];
  for (const [href, detail] of cases) {
    test(`${href} is refused`, () => {
      const [fault, ...others] = faultsWith({}, { href });
      assert.equal(fault?.pointer, '/inputs/x/href');
      assert.match(fault?.detail ?? '', detail);
      assert.deepEqual(others, []);
    });
  }
});

describe('/req/core/process-execute-input-multiple-types: a media type selects alternatives', () => {
  const schema: JsonSchema = {
    oneOf: [
      { type: 'string', contentMediaType: 'text/csv' },
      { type: 'string', contentMediaType: 'text/csv; header=absent', maxLength: 2 },
      { type: 'integer' },
    ],
  };
  const detail = (value: unknown, mediaType?: string) =>
    literalFaults(schema, value, '/p', mediaType).map((fault) => fault.detail);

  test('one of them: what is wrong with the value as that one', () => {
    assert.deepEqual(detail('abc', 'text/csv; header=absent'), [
      'must have at most 2 characters, but has 3.',
    ]);
    assert.deepEqual(detail('abc', 'application/json'), ['must be an integer, but is "abc".']);
    assert.deepEqual(detail('ab', 'text/csv; header=absent'), []);
  });
  test('several of them: a value that fits one', () => {
    assert.deepEqual(detail('abc', 'text/csv;charset=x'), []);
    assert.deepEqual(detail(5, 'text/csv;charset=x'), [
      'must be text/csv or text/csv; header=absent; it is 5.',
    ]);
  });
  test('all of them where the client names none', () => {
    assert.deepEqual(detail(5), []);
    assert.deepEqual(detail('abc'), []);
    assert.deepEqual(detail(true), ['must be text/csv, text/csv; header=absent or an integer; it is true.']);
  });
  test('none of them: those that there are, each once', () => {
    const twice: JsonSchema = {
      oneOf: [{ type: 'integer' }, { type: 'boolean' }, { type: 'string', contentMediaType: 'a/b' }],
    };
    assert.deepEqual(literalFaults(twice, 5, '/p', 'x/y'), [
      {
        pointer: '/p',
        detail: 'The media type "x/y" is not among those of the input: application/json, a/b.',
      },
    ]);
  });
  test('the only one', () => {
    assert.deepEqual(literalFaults({ type: 'integer' }, 5, '/p', 'application/json'), []);
    assert.equal(literalFaults({ type: 'integer' }, 'x', '/p', 'application/json').length, 1);
  });
});
