import { type Algorithm, differences } from './gradient.ts';
import type { Ground } from './ground.ts';
import type { Kernel } from './neighbourhoods.ts';

/** Steepness in degrees, or the rise in percent of the distance. */
export function slopeKernel(
  algorithm: Algorithm,
  unit: 'degree' | 'percent',
  zFactor: number,
  ground: Ground,
): Kernel {
  const { across, down, span } = differences[algorithm];
  const perColumn = zFactor / (span * ground.perColumn);
  const perRow = zFactor / (span * ground.perRow);
  const inUnit =
    unit === 'degree' ? (rise: number) => (Math.atan(rise) * 180) / Math.PI : (rise: number) => 100 * rise;
  return (a, b, c, d, e, f, g, h, i) => {
    const x = across(a, b, c, d, e, f, g, h, i) * perColumn;
    const y = down(a, b, c, d, e, f, g, h, i) * perRow;
    return inUnit(Math.sqrt(x * x + y * y));
  };
}
