import type { Geometry, Position } from 'geojson';

/** West, south, east, north in degrees; west is greater than east where the box crosses the antimeridian. */
export type Bounds = readonly [number, number, number, number];

/** West, south, east, north of four numbers, or of six with heights. */
export function flat(numbers: readonly number[]): Bounds {
  const [west = 0, south = 0, third = 0, fourth = 0, fifth = 0] = numbers;
  return numbers.length === 6 ? [west, south, fourth, fifth] : [west, south, third, fourth];
}

/** What is wrong with the numbers of a bounding box; undefined when nothing is. */
export function boundsFault(numbers: readonly number[]): string | undefined {
  if ((numbers.length !== 4 && numbers.length !== 6) || !numbers.every(Number.isFinite)) {
    return 'must be four or six numbers: west, south, east, north.';
  }
  const [, south, , north] = flat(numbers);
  return south > north ? 'has a southern bound that is greater than its northern bound.' : undefined;
}

/** Bounding box of geometries; undefined when they have no position. */
export function computeBbox(geometries: Iterable<Geometry | null>): Bounds | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of geometries) {
    if (geometry === null) continue;
    eachPosition(geometry, ([x = 0, y = 0]) => {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    });
  }
  return west > east ? undefined : [west, south, east, north];
}

/** Whether the bounding box of a geometry meets a box. */
export function intersectsBbox(geometry: Geometry | null, [west, south, east, north]: Bounds): boolean {
  const bounds = computeBbox([geometry]);
  if (!bounds) return false;
  const [xmin, ymin, xmax, ymax] = bounds;
  const across = west > east ? xmax >= west || xmin <= east : xmax >= west && xmin <= east;
  return across && ymax >= south && ymin <= north;
}

function eachPosition(geometry: Geometry, visit: (position: Position) => void): void {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) eachPosition(part, visit);
    return;
  }
  const descend = (value: unknown): void => {
    if (!Array.isArray(value) || value.length === 0) return;
    if (typeof value[0] === 'number') visit(value as Position);
    else for (const item of value) descend(item);
  };
  descend(geometry.coordinates);
}
