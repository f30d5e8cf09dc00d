import assert from 'node:assert/strict';
import type { TestRaster } from './raster-process.ts';

/** Size and place of a grid as an oracle has them; numbers within a share of their size. */
export function assertSameGrid(
  actual: Pick<TestRaster, 'width' | 'height' | 'transform'>,
  expected: { readonly width: number; readonly height: number; readonly transform: readonly number[] },
  tolerance = 1e-12,
): void {
  assert.deepEqual([actual.width, actual.height], [expected.width, expected.height]);
  for (const [index, value] of expected.transform.entries()) {
    const difference = Math.abs(actual.transform[index]! - value);
    assert.ok(
      difference <= tolerance * Math.max(1, Math.abs(value)),
      `${actual.transform} is not ${expected.transform}`,
    );
  }
}

/** All pixels as an oracle has them: missing where they are, and values within a share of their size. */
export function assertSamePixels(
  actual: readonly (number | null)[],
  expected: readonly (number | null)[],
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const found = actual[index]!;
    const same =
      value === null || found === null
        ? value === found
        : Math.abs(found - value) <= tolerance * Math.max(1, Math.abs(value));
    assert.ok(same, `pixel ${index} is ${found} instead of ${value}`);
  }
}
