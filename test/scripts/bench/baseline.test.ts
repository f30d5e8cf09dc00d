import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Baseline, findRegressions, readBaseline, tolerance } from '../../../bench/guard/baseline.ts';
import { guardedComputations } from '../../../bench/guard/guarded-computations.ts';

const baseline: Baseline = { list: { ratio: 0.5, kilobytes: 100 } };
const measured = (ratio: number, kilobytes: number): Baseline => ({ list: { ratio, kilobytes } });

describe('the guard of hot paths', () => {
  test('lets pass what is within the tolerance, or better', () => {
    assert.deepEqual(
      findRegressions(measured(0.5 * tolerance.ratio, 100 * tolerance.kilobytes), baseline),
      [],
    );
    assert.deepEqual(findRegressions(measured(0.1, 1), baseline), []);
  });

  test('tells of processor time and allocations beyond it, each by itself', () => {
    assert.match(
      findRegressions(measured(1, 100), baseline).join(),
      /^list takes 2.0 times the processor time/,
    );
    assert.match(
      findRegressions(measured(0.5, 200), baseline).join(),
      /^list allocates 200 KB; .* has 100 KB/,
    );
  });

  test('tells of paths that are not in the baseline, or not measured', () => {
    assert.match(findRegressions({}, baseline).join(), /was not measured/);
    assert.match(findRegressions(measured(1, 1), {}).join(), /is not in the baseline/);
  });

  test('has a baseline of all computations that are guarded, where one is recorded, and none that is nothing', () => {
    const recorded = readBaseline();
    if (!recorded) return;
    for (const name of guardedComputations) assert.ok(recorded[name], name);
    for (const [name, { ratio, kilobytes }] of Object.entries(recorded))
      assert.ok(ratio > 0 && kilobytes >= 0, name);
  });
});
