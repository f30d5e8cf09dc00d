import { type Algorithm, differences } from './gradient.ts';
import type { Ground } from './ground.ts';
import type { Kernel } from './neighbourhoods.ts';

export interface Light {
  /** Direction from which the light comes, in degrees clockwise from north. */
  readonly azimuth: number;
  /** Height of the light above the horizon, in degrees. */
  readonly altitude: number;
  /** Factor by which heights are multiplied. */
  readonly zFactor: number;
}

/** Shade from 1 (dark) to 255 (light), as gdaldem computes it; see the formulas in gdaldem_lib.cpp. */
export function hillshadeKernel(
  algorithm: Algorithm,
  { azimuth, altitude, zFactor }: Light,
  ground: Ground,
): Kernel {
  const { across, down, span } = differences[algorithm];
  const [az, alt] = [radians(azimuth), radians(altitude)];
  const perColumn = zFactor / (span * ground.perColumn);
  const perRow = zFactor / (span * ground.perRow);
  const level = 254 * Math.sin(alt);
  const eastward = 254 * Math.cos(alt) * Math.sin(az);
  const northward = 254 * Math.cos(alt) * Math.cos(az);
  return (a, b, c, d, e, f, g, h, i) => {
    const x = across(a, b, c, d, e, f, g, h, i) * perColumn;
    const y = down(a, b, c, d, e, f, g, h, i) * perRow;
    const shade = (level - (y * northward - x * eastward)) / Math.sqrt(1 + x * x + y * y);
    return Math.round(1 + Math.max(0, shade));
  };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
