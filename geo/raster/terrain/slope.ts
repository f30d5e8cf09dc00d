import { arctangent } from './arctangent.ts';
import { type Algorithm, makeDifferences } from './gradient.ts';
import type { Kernel } from './kernels.ts';
import { gradientScale } from './pixel-size-on-ground.ts';

/** Steepness in degrees, or the rise in percent of the distance. */
export function slopeKernel(algorithm: Algorithm, unit: 'degree' | 'percent', zFactor: number): Kernel {
  const differences = makeDifferences(algorithm);
  const inDegrees = unit === 'degree';
  return (above, middle, below, results, ground) => {
    const { perColumn, perRow } = gradientScale(algorithm, zFactor, ground);
    const { across, down } = differences(above, middle, below, results.length);
    if (inDegrees) computeDegrees(across, down, results, perColumn, perRow);
    else computePercent(across, down, results, perColumn, perRow);
  };
}

// Functions of their own with plain arguments, which are compiled once and stay so: this is where the time goes.

function computeDegrees(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = (across[column] ?? 0) * perColumn;
    const y = (down[column] ?? 0) * perRow;
    results[column] = (arctangent(Math.sqrt(x * x + y * y)) * 180) / Math.PI;
  }
}

function computePercent(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = (across[column] ?? 0) * perColumn;
    const y = (down[column] ?? 0) * perRow;
    results[column] = 100 * Math.sqrt(x * x + y * y);
  }
}
