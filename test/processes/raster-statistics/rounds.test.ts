import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunContext } from '../../../core/run/context.ts';
import type { Raster, Window } from '../../../geo/raster/raster.ts';
import { computePercentiles } from '../../../processes/raster-statistics/percentiles.ts';
import { countPart, foundFrom, type Known, mergeRound } from '../../../processes/raster-statistics/rounds.ts';

const context = { progress: async () => undefined } as unknown as RunContext;
const WIDTH = 100;

/** Rows of a raster of doubles, which lie in many powers of two. */
function makeRows(first: number, rows: number): { readonly raster: Raster; readonly values: Float64Array } {
  const values = Float64Array.from({ length: WIDTH * rows }, (_, index) => {
    const turn = ((first * WIDTH + index) * 0.618_033_988_75) % 1;
    return Math.sign(turn - 0.3) * 2 ** (40 * turn);
  });
  const raster = {
    width: WIDTH,
    height: rows,
    bands: [{ dataType: 'float64' }],
    read: async (_: number, { row = 0, height = rows }: Partial<Window> = {}) =>
      values.slice(row * WIDTH, (row + height) * WIDTH),
  } as unknown as Raster;
  return { raster, values };
}

test('the counts of a part take no more room than its values need, and give the percentiles of all', async () => {
  const parts = [makeRows(0, 60), makeRows(60, 40)];
  const percentiles = Array.from({ length: 100 }, (_, index) => index + 0.5);
  const wanted = { bands: [1], percentiles, histogramBins: undefined };
  const [{ raster }] = parts as [(typeof parts)[0]];
  let known: Known[] | undefined;
  for (let round = 0; round < 4; round++) {
    const counted = await Promise.all(parts.map((part) => countPart(part.raster, wanted, known, context)));
    // Dense counts of so many percentiles are fifty megabytes.
    for (const { length } of counted) assert.ok(length < 300_000, `${length} bytes in round ${round}`);
    known = await mergeRound(
      counted.map((bytes) => ({ bytes: async () => bytes })),
      raster,
      wanted,
      known,
    );
  }
  const [found] = foundFrom(known ?? [], raster, wanted);
  const all = Float64Array.from(parts.flatMap(({ values }) => [...values])).sort();
  const expected = await computePercentiles(all, percentiles, all[0] ?? 0, all.at(-1) ?? 0, context);
  // The median is the first.
  assert.deepEqual(found?.percentiles.slice(1), expected);
});
