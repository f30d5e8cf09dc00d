import { type Algorithm, makeDifferences } from './gradient.ts';
import type { Kernel } from './kernels.ts';
import { gradientScale } from './pixel-size-on-ground.ts';

export interface Light {
  /** Direction from which the light comes, in degrees clockwise from north. */
  readonly azimuth: number;
  /** Angle of the light above the horizon, in degrees. */
  readonly altitude: number;
  /** Vertical exaggeration. */
  readonly zFactor: number;
}

/** Shade from 1 (dark) to 255 (light), as gdaldem computes it; see the formulas in gdaldem_lib.cpp. */
export function hillshadeKernel(algorithm: Algorithm, light: Light): Kernel {
  const differences = makeDifferences(algorithm);
  const { level, eastward, northward } = computeIllumination(light);
  return (above, middle, below, results, ground) => {
    const { perColumn, perRow } = gradientScale(algorithm, light.zFactor, ground);
    const { across, down } = differences(above, middle, below, results.length);
    shadeRow(across, down, results, perColumn, perRow, level, eastward, northward);
  };
}

/** A function of its own with plain arguments, which is compiled once and stays so: this is where the time goes. */
function shadeRow(
  across: Float32Array,
  down: Float32Array,
  results: Float32Array,
  perColumn: number,
  perRow: number,
  level: number,
  eastward: number,
  northward: number,
): void {
  for (let column = 0; column < results.length; column++) {
    const x = (across[column] ?? 0) * perColumn;
    const y = (down[column] ?? 0) * perRow;
    const shade = (level - (y * northward - x * eastward)) / Math.sqrt(1 + x * x + y * y);
    results[column] = Math.floor(1.5 + Math.max(0, shade));
  }
}

/** The brightness of level ground, and how it changes with slopes to the east and the north. */
export function computeIllumination({ azimuth, altitude }: Light): {
  readonly level: number;
  readonly eastward: number;
  readonly northward: number;
} {
  const [az, alt] = [radians(azimuth), radians(altitude)];
  return {
    level: 254 * Math.sin(alt),
    eastward: 254 * Math.cos(alt) * Math.sin(az),
    northward: 254 * Math.cos(alt) * Math.cos(az),
  };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
