import { arctangent } from './arctangent.ts';
import { type Algorithm, differencesOf, spans } from './gradient.ts';
import type { Ground } from './ground.ts';
import type { Kernel } from './neighbourhoods.ts';

/** Steepness in degrees, or the rise in percent of the distance. */
export function slopeKernel(
  algorithm: Algorithm,
  unit: 'degree' | 'percent',
  zFactor: number,
  ground: Ground,
): Kernel {
  const differences = differencesOf(algorithm);
  const perColumn = zFactor / (spans[algorithm] * ground.perColumn);
  const perRow = zFactor / (spans[algorithm] * ground.perRow);
  const inDegrees = unit === 'degree';
  return (above, middle, below, results) => {
    const { across, down } = differences(above, middle, below, results.length);
    for (let column = 0; column < results.length; column++) {
      const x = across[column]! * perColumn;
      const y = down[column]! * perRow;
      const rise = Math.sqrt(x * x + y * y);
      results[column] = inDegrees ? (arctangent(rise) * 180) / Math.PI : 100 * rise;
    }
  };
}
