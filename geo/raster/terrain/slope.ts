import { arctangent } from './arctangent.ts';
import { type Algorithm, differencesOf } from './gradient.ts';
import { gradientScale } from './ground.ts';
import type { Kernel } from './kernels.ts';

/** Steepness in degrees, or the rise in percent of the distance. */
export function slopeKernel(algorithm: Algorithm, unit: 'degree' | 'percent', zFactor: number): Kernel {
  const differences = differencesOf(algorithm);
  const inDegrees = unit === 'degree';
  return (above, middle, below, results, ground) => {
    const { perColumn, perRow } = gradientScale(algorithm, zFactor, ground);
    const { across, down } = differences(above, middle, below, results.length);
    if (inDegrees) degreesOfRow(across, down, results, perColumn, perRow);
    else percentOfRow(across, down, results, perColumn, perRow);
  };
}

// Functions of their own with plain arguments, which are compiled once and stay so: this is where the time goes.

function degreesOfRow(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = across[column]! * perColumn;
    const y = down[column]! * perRow;
    results[column] = (arctangent(Math.sqrt(x * x + y * y)) * 180) / Math.PI;
  }
}

function percentOfRow(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = across[column]! * perColumn;
    const y = down[column]! * perRow;
    results[column] = 100 * Math.sqrt(x * x + y * y);
  }
}
