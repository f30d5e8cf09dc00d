import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findSchemaFaults } from '../../../core/execution/validation.ts';
import type { JsonSchema } from '../../../core/processes/schema.ts';

const named = (
  name: string,
  members: Record<string, JsonSchema> = {},
  required: string[] = [],
): JsonSchema => ({
  title: `a ${name}`,
  type: 'object',
  required: ['type', ...required],
  properties: { type: { type: 'string', enum: [name] }, ...members },
});
const integer: JsonSchema = { type: 'integer' };
const circle = named('circle', { radius: integer, label: { type: 'string' } }, ['radius']);
const square = named('square', { side: integer }, ['side']);
const figure: JsonSchema = { oneOf: [circle, square] };
const word: JsonSchema = { type: 'string', title: 'a word', maxLength: 3 };
const list = (items: JsonSchema, rest: Partial<JsonSchema> = {}): JsonSchema => ({
  title: 'a list',
  type: 'array',
  items,
  ...rest,
});

const told = (schema: JsonSchema, value: unknown) =>
  findSchemaFaults(schema, value, '').map(({ pointer, detail }) => `${pointer}: ${detail}`);

describe('what keeps a value from the form that was meant', () => {
  const cases: [rule: string, schema: JsonSchema, value: unknown, expected: string[]][] = [
    [
      'is told of the object that its type names',
      figure,
      { type: 'square', side: 'x' },
      ['/side: must be an integer, but is "x".'],
    ],
    [
      'is told in full',
      figure,
      { type: 'circle', radius: 'x', label: 5 },
      ['/radius: must be an integer, but is "x".', '/label: must be a string, but is 5.'],
    ],
    [
      'is all forms where the type names none',
      figure,
      { type: 'line', radius: 'x' },
      [': must be a circle or a square; it is {"type":"line","radius":"x"}.'],
    ],
    [
      'is all forms where there is no type',
      figure,
      { radius: 5 },
      [': must be a circle or a square; it is {"radius":5}.'],
    ],
    [
      'is another form than the one of a wrong type',
      { oneOf: [circle, word] },
      'four',
      [': must have at most 3 characters, but has 4.'],
    ],
    [
      'is another form than bytes that are none',
      { oneOf: [{ type: 'string', title: 'bytes', contentEncoding: 'base64' }, { type: 'integer' }] },
      '###',
      [': must be bytes or an integer; it is "###".'],
    ],
    [
      'is a wrong format of a member, which says nothing of the kind',
      { oneOf: [{ type: 'object', properties: { day: { type: 'string', format: 'date' } } }, integer] },
      { day: 'today' },
      ['/day: must be an RFC 3339 date, such as 2026-01-31, but is "today".'],
    ],
    [
      'is a wrong enumeration of a member that is not the type',
      {
        oneOf: [
          { type: 'object', properties: { cap: { type: 'string', enum: ['round'] } } },
          { type: 'integer' },
        ],
      },
      { cap: 'flat' },
      ['/cap: must be one of "round", but is "flat".'],
    ],
    [
      'is a missing member that is not the type',
      { oneOf: [{ type: 'object', required: ['side'] }, integer] },
      {},
      [': must have the member "side".'],
    ],
    [
      'is what is wrong further inside, whichever form comes first',
      { oneOf: [list(integer, { minItems: 3 }), list(list(integer))] },
      [[1, 'x']],
      ['/0/1: must be an integer, but is "x".'],
    ],
    [
      'is what is wrong further inside of the first form too',
      { oneOf: [list(list(integer)), list(integer, { minItems: 3 })] },
      [[1, 'x']],
      ['/0/1: must be an integer, but is "x".'],
    ],
    [
      'is the form with the fewest faults where they are equally far inside',
      { oneOf: [list(integer), list({ type: 'boolean' })] },
      [true, true, 'x'],
      ['/2: must be a boolean, but is "x".'],
    ],
    [
      'is the first form where it has the fewest faults',
      { oneOf: [list(integer), list({ type: 'boolean' })] },
      [1, 2, 'x'],
      ['/2: must be an integer, but is "x".'],
    ],
    [
      'is the first form where there are as many faults in each',
      { oneOf: [list(integer), list({ type: 'boolean' })] },
      ['x'],
      ['/0: must be an integer, but is "x".'],
    ],
    [
      'is every number of items where it has none of them',
      {
        type: 'array',
        anyOf: [4, 6].map((count) => ({ title: `${count} items`, minItems: count, maxItems: count })),
      } as JsonSchema,
      [1, 2, 3, 4, 5],
      [': must be 4 items or 6 items; it is [1,2,3,4,5].'],
    ],
    [
      'is a number of items where only one form is an array',
      { oneOf: [list(integer, { minItems: 2 }), word] },
      [1],
      [': must have at least 2 items, but has 1.'],
    ],
    [
      'is a number of items of a member',
      {
        oneOf: [
          { type: 'object', properties: { a: list(integer, { minItems: 2 }) } },
          { type: 'object', properties: { a: list(integer, { minItems: 3 }) } },
        ],
      },
      { a: [1] },
      ['/a: must have at least 2 items, but has 1.'],
    ],
  ];
  for (const [rule, schema, value, expected] of cases) {
    test(rule, () => assert.deepEqual(told(schema, value), expected));
  }
});

describe('forms inside of forms', () => {
  test('the nearest of the nearest is told, once', () => {
    const group = named('group', { members: list(figure) }, ['members']);
    const schema: JsonSchema = { oneOf: [group, circle] };
    assert.deepEqual(told(schema, { type: 'group', members: [{ type: 'square', side: 'x' }, 5] }), [
      '/members/0/side: must be an integer, but is "x".',
      '/members/1: must be a circle or a square; it is 5.',
    ]);
  });
  test('a choice in a choice at one place names the outer forms', () => {
    const schema: JsonSchema = { oneOf: [{ title: 'a figure', ...figure }, integer] };
    assert.deepEqual(told(schema, true), [': must be a figure or an integer; it is true.']);
  });
  test('places of one array are told apart, also where one begins like the other', () => {
    const values = Array.from({ length: 11 }, (_, index) =>
      index === 1 ? true : index === 10 ? 'four' : 'a',
    );
    assert.deepEqual(told(list({ oneOf: [word, circle] }), values), [
      '/1: must be a word or a circle; it is true.',
      '/10: must have at most 3 characters, but has 4.',
    ]);
  });
  test('faults beside a choice are told before it', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: { figure, count: integer },
    };
    assert.deepEqual(told(schema, { figure: 5, count: 'x' }), [
      '/count: must be an integer, but is "x".',
      '/figure: must be a circle or a square; it is 5.',
    ]);
  });
});
