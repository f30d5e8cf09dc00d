import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { degreesText } from '../../../web/map/shared/degrees.ts';
import { roundStep } from '../../../web/map/shared/round-step.ts';

describe('the lines of degrees on a map', () => {
  it('are a round number apart, at least as far as is asked', () => {
    for (const [least, step] of [
      [0.3, 0.5],
      [0.5, 0.5],
      [0.000_11, 0.000_2],
      [7, 10],
      [1, 1],
    ] as const)
      assert.ok(Math.abs(roundStep(least) - step) < step * 1e-9, `${least}`);
  });

  it('have the digits that tell them apart, and no sign at zero', () => {
    assert.equal(degreesText(5.12, 0.02), '5.12°');
    assert.equal(degreesText(52.1, 0.5), '52.1°');
    assert.equal(degreesText(-7, 1), '-7°');
    assert.equal(degreesText(-0.000_01, 0.5), '0.0°');
    assert.equal(degreesText(0.123_456_789, 0.000_000_2), '0.1234568°');
  });
});
