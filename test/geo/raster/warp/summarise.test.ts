import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summaries } from '../../../../geo/raster/warp/summarise.ts';

// 1 2 3 4
// 5 . 7 5
const pixels = {
  values: Float64Array.of(1, 2, 3, 4, 5, Number.NaN, 7, 5),
  column: 0,
  row: 0,
  width: 4,
  height: 2,
};
const over = (left: number, top: number, right: number, bottom: number, wraps = false) => ({
  left,
  top,
  right,
  bottom,
  wraps,
});
const of = (name: keyof typeof summaries, cover: ReturnType<typeof over>) =>
  summaries[name](pixels, cover, 4, 2);

describe('a summary', () => {
  it('weighs pixels by how much is covered in the average only', () => {
    assert.equal(of('average', over(0, 0, 2, 1)), 1.5);
    // All of 1, half of 2.
    assert.ok(Math.abs(of('average', over(0, 0, 1.5, 1)) - 4 / 3) < 1e-12);
    assert.equal(of('max', over(0, 0, 1.5, 1)), 2);
    assert.equal(of('min', over(0.9, 0, 2, 1)), 1);
  });

  it('leaves out what is missing, and is NaN where nothing is left', () => {
    assert.equal(of('average', over(0, 1, 2, 2)), 5);
    for (const name of ['average', 'mode', 'min', 'max'] as const) {
      assert.ok(Number.isNaN(of(name, over(1, 1, 2, 2))));
      assert.ok(Number.isNaN(of(name, over(9, 0, 10, 1))));
    }
  });

  it('takes for the mode what is most frequent, and of equals what was so often first', () => {
    assert.equal(of('mode', over(0, 0, 4, 2)), 5);
    assert.equal(of('mode', over(0, 0, 3, 1)), 1);
  });

  it('goes on from the left border where the cover lies across the antimeridian', () => {
    assert.equal(of('average', over(3, 0, 5, 1, true)), 2.5);
    assert.equal(of('average', over(3, 0, 5, 1)), 4);
  });
});
