import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { executionFromQuery } from '../../../core/execution/query-request.ts';
import { inputFromQuery } from '../../../core/execution/query-values.ts';
import type { Input } from '../../../core/processes/declaration.ts';
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
