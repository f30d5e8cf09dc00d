import { type Algorithm, differences } from './gradient.ts';
import type { Kernel } from './neighbourhoods.ts';

const { fround } = Math;

/**
 * Direction in which the slope falls, in degrees: clockwise from north, or counter-clockwise from east. As in gdaldem the
 * size of pixels does not matter, so they should be about square.
 *
 * @param flat result where there is no slope
 */
export function aspectKernel(algorithm: Algorithm, trigonometric: boolean, flat: number): Kernel {
  const { across, down } = differences[algorithm];
  const turned = trigonometric
    ? (angle: number) => (angle < 0 ? fround(angle + 360) : angle)
    : (angle: number) => fround((angle > 90 ? 450 : 90) - angle);
  return (a, b, c, d, e, f, g, h, i) => {
    const x = across(a, b, c, d, e, f, g, h, i);
    const y = down(a, b, c, d, e, f, g, h, i);
    if (x === 0 && y === 0) return flat;
    const direction = turned(fround((Math.atan2(y, x) * 180) / Math.PI));
    return direction === 360 ? 0 : direction;
  };
}
