import type { FeatureCollection, Position } from 'geojson';
import { greatest, least } from '../../core/shared/arrays.ts';

/** Half of the width and height that a layer is fitted into, in degrees: so near to the equator that a map distorts nothing. */
const [WIDTH, HEIGHT] = [0.8, 0.5];

/**
 * A layer as it looks in the plane of its own coordinates, whatever they are: on a map, layers that differ in nothing but their CRS
 * lie on each other.
 */
export function inOwnPlane(text: string): string {
  const { crs: _, ...layer } = JSON.parse(text) as FeatureCollection & { readonly crs?: unknown };
  const positions: Position[] = [];
  eachPosition(layer, (position) => positions.push([...position]));
  const [xs, ys] = [positions.map(([x = 0]) => x), positions.map(([, y = 0]) => y)];
  const [west, east, south, north] = [least(xs), greatest(xs), least(ys), greatest(ys)];
  const scale = Math.min((2 * WIDTH) / (east - west), (2 * HEIGHT) / (north - south));
  eachPosition(layer, (position) => {
    const [x = 0, y = 0] = position;
    position[0] = (x - (west + east) / 2) * scale;
    position[1] = (y - (south + north) / 2) * scale;
  });
  return JSON.stringify(layer);
}

/** Whether GeoJSON names a CRS: then its coordinates are none of a map of the world. */
export const namesCrs = (text: string): boolean => 'crs' in (JSON.parse(text) as object);

function eachPosition(value: unknown, visit: (position: number[]) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value) && typeof value[0] === 'number') visit(value as number[]);
  else for (const member of Object.values(value)) eachPosition(member, visit);
}
