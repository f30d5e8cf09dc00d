import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { parseExpression } from '../../../processes/raster-calculator/parse.ts';
import process from '../../../processes/raster-calculator/process.ts';
import { run } from '../../../processes/raster-calculator/run.ts';
import { makeRaster, rasterProcess } from '../support/raster-process.ts';

const { catchFaults } = rasterProcess(process, run);
const raster = await makeRaster([new Uint8Array(1), new Uint8Array(1)], 1, { dataType: 'uint8' });
const catchFault = async (expression: string): Promise<string> => {
  const [fault, ...others] = await catchFaults({ rasters: [raster, raster], expression });
  assert.deepEqual(others, []);
  return fault!.replace('/inputs/expression: ', '');
};

const wrong: readonly [expression: string, expected: string][] = [
  ['A +', 'ends where a number, a band or a function is expected. (at character 4)'],
  ['A + * 2', 'has "*" where a number, a band or a function is expected. (at character 5)'],
  ['(A + 1', 'lacks ")" for the "(" at character 1. (at character 7)'],
  ['A + 1)', 'has ")" without a "(" before it. (at character 6)'],
  ['A B', 'has "B" where an operator or the end is expected. (at character 3)'],
  ['A = 1', 'has "=", which is not part of an expression. Use "==" to compare. (at character 3)'],
  ['A & A', 'has "&", which is not part of an expression. Use "&&" for "and". (at character 3)'],
  ['A ** 2', 'has "**"; use "^" for powers. (at character 3)'],
  ['A $ 2', 'has "$", which is not part of an expression. (at character 3)'],
  ['1 < A < 3', 'compares the result of a comparison; join the two with "&&". (at character 7)'],
  ['2A', 'has "2A", which is not a number. (at character 1)'],
  ['1.2.3', 'has "1.2.3", which is not a number. (at character 1)'],
  ['A + C', 'names raster C, number 3, but only 2 are given. (at character 5)'],
  ['A3', 'names A3, but raster A has 2 bands. (at character 1)'],
  ['B0', 'has "B0"; bands are counted from 1. (at character 1)'],
  ['a + 1', 'names "a", which does not exist. Rasters are written in upper case: A. (at character 1)'],
  [
    'SQRT(A)',
    'names "SQRT", which does not exist. Functions are written in lower case: sqrt. (at character 1)',
  ],
  ['sqrt A', 'lacks "(" after sqrt before "A". (at character 6)'],
  ['sqrt(A, B)', 'gives 2 arguments to sqrt, which takes one. (at character 1)'],
  ['sqrt()', 'gives 0 arguments to sqrt, which takes one. (at character 1)'],
  ['pow(A, B, A)', 'gives 3 arguments to pow, which takes two. (at character 1)'],
  ['max(A)', 'gives 1 argument to max, which takes two or more. (at character 1)'],
  [
    'where(A, B)',
    'gives 2 arguments to where, which takes three: a condition, and the values if it is true and if it is false. (at character 1)',
  ],
  ['max(A, B', 'lacks ")" after the arguments of max. (at character 9)'],
  ['   ', 'ends where a number, a band or a function is expected. (at character 4)'],
];

describe('an expression that is wrong', () => {
  for (const [expression, expected] of wrong) {
    it(`is refused with the place: ${expression}`, async () => {
      assert.equal(await catchFault(expression), expected);
    });
  }

  it('may name what a language has, and reaches nothing of it', async () => {
    for (const name of ['constructor', 'process', '__proto__', 'toString', 'globalThis'])
      assert.match(await catchFault(`${name}(A)`), /^names "\w+", which does not exist/);
  });

  it('is refused when it is nested too deep, in whatever way', async () => {
    for (const nested of [
      '('.repeat(200),
      '-'.repeat(200),
      'abs('.repeat(200),
      '2^'.repeat(200),
      '!'.repeat(3999),
    ])
      assert.match(await catchFault(`${nested}A`), /^is nested more than 100 deep/);
  });

  it('never ends in anything but a refusal, whatever it is', () => {
    const words = fc.constantFrom(
      ...'A B1 C9 1 2.5 .5 1e3 + - * / ^ ( ) < <= == != && || ! , where min max abs x'.split(' '),
    );
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(text, (expression) => {
        try {
          parseExpression(expression);
        } catch (error) {
          assert.ok(error instanceof InvalidInput, String(error));
          assert.match(error.faults[0]!.detail, /\(at character \d+\)$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a long expression', () => {
  it('of as many terms as fit is computed', async () => {
    const { computeResult } = rasterProcess(process, run);
    const expression = Array.from({ length: 2000 }, () => '1').join('+');
    const { bands } = await computeResult({ rasters: [raster], expression: `${expression}` });
    assert.deepEqual(bands, [[2000]]);
  });
});
