import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sortParameters } from '../../../core/execution/query-parameters.ts';
import { executionFromQuery } from '../../../core/execution/query-request.ts';
import type { ProcessDeclaration } from '../../../core/processes/declaration.ts';
import type { Fault, InvalidQuery } from '../../../core/shared/errors.ts';
import { everything } from '../../support/process-fixture.ts';

type Query = Parameters<typeof sortParameters>[0];
const plain = (map: object) => JSON.parse(JSON.stringify(map));

function refused(query: Query): readonly Fault[] {
  try {
    sortParameters(query, everything);
  } catch (error) {
    return (error as InvalidQuery).faults ?? [];
  }
  assert.fail('The query was accepted');
}

describe('a parameter of a GET execution', () => {
  for (const member of [
    'value',
    'mediaType',
    'encoding',
    'schema',
    'href',
    'type',
    'rel',
    'hreflang',
    'title',
    'crs',
  ]) {
    test(`number[${member}] is a member of the input`, () => {
      const { inputs, outputs } = sortParameters({ [`number[${member}]`]: ['x'] }, everything);
      assert.deepEqual(plain(inputs), { number: { values: [], members: { [member.toLowerCase()]: 'x' } } });
      assert.deepEqual(plain(outputs), {});
    });
  }

  for (const member of ['include', 'mediaType', 'encoding', 'schema']) {
    test(`gml[${member}] is a member of the output`, () => {
      const value = member === 'include' ? 'true' : 'x';
      const { inputs, outputs } = sortParameters({ [`gml[${member}]`]: [value] }, everything);
      assert.deepEqual(plain(outputs), { gml: { values: [], members: { [member.toLowerCase()]: value } } });
      assert.deepEqual(plain(inputs), {});
    });
  }

  test('of a name that an input and an output share is about the output where that is included', () => {
    const about = (query: Query) => {
      const { inputs, outputs } = sortParameters(query, everything);
      return { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
    };
    assert.deepEqual(about({ 'image[mediaType]': ['a/b'] }), { inputs: ['image'], outputs: [] });
    assert.deepEqual(about({ 'image[mediaType]': ['a/b'], 'text[include]': ['true'] }), {
      inputs: ['image'],
      outputs: ['text'],
    });
    assert.deepEqual(about({ 'image[mediaType]': ['a/b'], 'IMAGE[Include]': ['true'] }), {
      inputs: [],
      outputs: ['image'],
    });
    // Outputs have no address: that of an included name is the input's.
    assert.deepEqual(about({ 'image[href]': ['a/b'], 'image[include]': ['true'] }), {
      inputs: ['image'],
      outputs: ['image'],
    });
    assert.deepEqual(about({ image: ['a'], 'image[include]': ['true'] }), {
      inputs: ['image'],
      outputs: ['image'],
    });
  });

  test('is found by its exact name first, then without case', () => {
    const { number, integer } = everything.inputs;
    const twins = { ...everything, inputs: { number, NUMBER: integer } } as unknown as ProcessDeclaration;
    assert.deepEqual(plain(sortParameters({ NUMBER: ['1'] }, twins).inputs), {
      NUMBER: { values: ['1'], members: {} },
    });
    assert.deepEqual(plain(sortParameters({ Number: ['1'] }, twins).inputs), {
      number: { values: ['1'], members: {} },
    });
  });

  test('may come before, after and between its members', () => {
    const query = { image: ['a'], 'image[mediaType]': ['b/c'], Image: ['d'], 'image[encoding]': ['base64'] };
    assert.deepEqual(plain(sortParameters(query, everything).inputs), {
      image: { values: ['a', 'd'], members: { mediatype: 'b/c', encoding: 'base64' } },
    });
  });

  test('without a value has an empty one', () => {
    assert.deepEqual(plain(sortParameters({ 'number[value]': [] }, everything).inputs), {
      number: { values: [], members: { value: '' } },
    });
  });

  test('of the operation itself is none of the process: response, profile and f', () => {
    assert.deepEqual(plain(sortParameters({ response: ['raw'], profile: ['x'], f: ['json'] }, everything)), {
      inputs: {},
      outputs: {},
    });
  });

  test('says in brackets how the answer is wanted', () => {
    assert.deepEqual(plain(sortParameters({ 'response[F]': ['text/html'] }, everything)), {
      inputs: {},
      outputs: {},
      accept: 'text/html',
    });
    assert.deepEqual(plain(sortParameters({ 'response[prefer]': ['wait=5'] }, everything)), {
      inputs: {},
      outputs: {},
      prefer: 'wait=5',
    });
  });

  test('says it in any case, and in several places: lists go on, and a name is one', () => {
    const query = { 'response[f]': ['a/b'], 'response[F]': ['c/d'], 'response[prefer]': ['x', 'y'] };
    const { accept, prefer } = sortParameters(query, everything);
    assert.deepEqual([accept, prefer], ['a/b, c/d', 'x, y']);
    for (const twice of [
      { 'response[title]': ['a', 'b'] },
      { 'response[title]': ['a'], 'response[Title]': ['b'] },
    ])
      assert.deepEqual(
        refused(twice).map(({ detail }) => detail),
        ['may be given only once.'],
      );
  });

  test('sets nothing that is absent', () => {
    assert.deepEqual(Object.keys(sortParameters({}, everything)), ['inputs', 'outputs']);
  });
});

describe('a parameter that is refused', () => {
  const inputNames = Object.keys(everything.inputs).join(', ');
  const outputNames = Object.keys(everything.outputs).join(', ');
  const members =
    'Inputs have value, mediatype, encoding, schema, href, type, rel, hreflang, title, crs; outputs have include, mediatype, encoding, schema.';
  const unknown = (hint: string) =>
    `is not an input or output of the process.${hint} Inputs: ${inputNames}. Outputs, as name[include]=true: ${outputNames}.`;
  const cases: [query: Query, pointer: string, detail: string][] = [
    [{ nowhere: ['1'] }, '?nowhere', unknown('')],
    [{ numbre: ['1'] }, '?numbre', unknown(' Did you mean "number"?')],
    [{ gml: ['1'] }, '?gml', `has no member missing. ${members}`],
    [{ 'number[colour]': ['1'] }, '?number[colour]', `has no member "colour". ${members}`],
    [{ 'gml[href]': ['1'] }, '?gml[href]', `has no member "href". ${members}`],
    [{ 'number[include]': ['1'] }, '?number[include]', `has no member "include". ${members}`],
    [{ 'profile[x]': ['1'] }, '?profile[x]', unknown('')],
    [{ 'response[x]': ['1'] }, '?response[x]', unknown('')],
    [{ 'number[f]': ['1'] }, '?number[f]', `has no member "f". ${members}`],
    [{ 'number[crs]x': ['1'] }, '?number[crs]x', unknown('')],
    [{ 'x]number[crs]': ['1'] }, '?x]number[crs]', unknown('')],
    [{ 'image[type]': ['a', 'b'] }, '?image[type]', 'may be given only once.'],
  ];
  for (const [query, pointer, detail] of cases) {
    test(JSON.stringify(query), () => assert.deepEqual(refused(query), [{ pointer, detail }]));
  }

  test('is told beside the others', () => {
    const pointers = refused({ a1: ['1'], number: ['1', '2'], b1: ['1'] }).map(({ pointer }) => pointer);
    assert.deepEqual(pointers, ['?a1', '?b1']);
  });
});

describe('the outputs of a GET execution', () => {
  const outputs = (query: Query) => executionFromQuery(query, everything).body.outputs;
  test('are all of them where the query names none', () => {
    assert.equal(outputs({ text: ['a'] }), undefined);
  });
  test('are the others where the query leaves some out', () => {
    const others = Object.keys(everything.outputs).filter((id) => id !== 'gml');
    assert.deepEqual(
      outputs({ 'gml[include]': ['FALSE'] }),
      Object.fromEntries(others.map((id) => [id, {}])),
    );
    const none = Object.keys(everything.outputs).map((id) => [`${id}[include]`, ['false']]);
    assert.throws(
      () => outputs(Object.fromEntries(none)),
      ({ faults }: InvalidQuery) => /leaves out all outputs/.test(faults[0]?.detail ?? ''),
    );
  });
  test('are included or not, and nothing else (/req/kvp-execute/output)', () => {
    for (const value of ['maybe', '', '1'])
      assert.deepEqual(refused({ 'gml[include]': [value] }), [
        { pointer: '?gml[include]', detail: `must be true or false, but is "${value}".` },
      ]);
  });
  test('are named by their format alone', () => {
    assert.deepEqual(outputs({ 'gml[mediaType]': ['a/b'] }), { gml: { format: { mediaType: 'a/b' } } });
  });
  test('have an encoding and a schema', () => {
    assert.deepEqual(outputs({ 'gml[encoding]': ['base64'], 'gml[schema]': ['https://e.org/s'] }), {
      gml: { format: { encoding: 'base64', schema: 'https://e.org/s' } },
    });
  });
});
