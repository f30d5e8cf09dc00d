import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { processes } from '../../../processes/index.ts';
import { checkExpression } from '../../../web/form/check-expression.ts';

const offersOf = (process: string, input: string): readonly string[] =>
  processes.find(({ id }) => id === process)?.inputs[input]?.offers ?? [];
const filter = { offers: offersOf('filter', 'filter'), names: ['species', 'height', 'my name'] };
const calculator = { offers: offersOf('raster-calculator', 'expression') };

describe('the check of an expression while it is typed', () => {
  it('finds nothing wrong with the examples of the processes', () => {
    for (const { id, inputs, examples } of processes)
      for (const [input, { offers }] of Object.entries(inputs))
        for (const { request } of offers ? examples : []) {
          const text = request.inputs[input];
          if (typeof text === 'string' && offers)
            assert.equal(checkExpression(text, { offers }), undefined, id);
        }
  });

  for (const [text, fault] of [
    ["species = 'oak", /quotation mark '/],
    ['"my name = 1', /quotation mark "/],
    ['(height > 1', /A "\)" is missing/],
    ['((height > 1', /2 "\)" are missing/],
    ['height > 1)', /without "\("/],
    ["CASEJ(species) = 'oak'", /no function "CASEJ"/],
    ['heigth > 1', /no property "heigth"/],
    ['"My name" = 1', /no property "My name"/],
  ] as const)
    it(`says what is wrong with ${text}`, () => {
      assert.match(checkExpression(text, filter) ?? '', fault);
    });

  for (const text of [
    '',
    "species = 'it''s (not closed'",
    '"my name" > 1e5',
    "species IN ('oak', 'elm') AND height IS NOT NULL",
    "CASEI(species) like 'o%' or not (height between 1 and 2)",
    'S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 0))) AND height > 1 - 2',
  ])
    it(`says nothing of ${text || 'nothing'}`, () => {
      assert.equal(checkExpression(text, filter), undefined);
    });

  it('knows no names before a layer is there, and none of rasters', () => {
    assert.equal(checkExpression('anything > 1', { offers: filter.offers }), undefined);
    assert.equal(checkExpression('where(A1 > 0.5 && B < 60, log10(A), 1)', calculator), undefined);
    assert.match(checkExpression('lg(A)', calculator) ?? '', /no function "lg"/);
  });
});
