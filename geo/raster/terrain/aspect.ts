import { type Algorithm, makeDifferences } from './gradient.ts';
import type { Kernel } from './kernels.ts';
import { downhillScale } from './pixel-size-on-ground.ts';

const { fround } = Math;

/**
 * Direction in which the slope falls on the ground, in degrees: clockwise from north, or counter-clockwise from east, whatever
 * the sizes and signs of pixels are. (gdaldem takes all pixels as square and north up, and is followed there to the last digit.)
 *
 * @param flat result where there is no slope
 */
export function aspectKernel(algorithm: Algorithm, trigonometric: boolean, flat: number): Kernel {
  const differences = makeDifferences(algorithm);
  return (above, middle, below, results, ground) => {
    const { across, down } = differences(above, middle, below, results.length);
    const { perColumn, perRow } = downhillScale(ground);
    computeDirections(across, down, results, perColumn, perRow, trigonometric, flat);
  };
}

/** A function of its own with plain arguments, which is compiled once and stays so: this is where the time goes. */
function computeDirections(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
  trigonometric: boolean,
  flat: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = (across[column] ?? 0) * perColumn;
    const y = (down[column] ?? 0) * perRow;
    if (x === 0 && y === 0) {
      results[column] = flat;
      continue;
    }
    const angle = fround((Math.atan2(y, x) * 180) / Math.PI);
    const turned = trigonometric ? (angle < 0 ? angle + 360 : angle) : (angle > 90 ? 450 : 90) - angle;
    results[column] = fround(turned) === 360 ? 0 : turned;
  }
}
