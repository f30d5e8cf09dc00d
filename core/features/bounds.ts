import type { Geometry, Position } from 'geojson';
import { greatest, least } from '../shared/arrays.ts';

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

/**
 * Bounding box of geometries in degrees, the narrower one of the two that there are: over the antimeridian where that is less than half around
 * the globe, as for a layer that is cut there. Undefined when they have no position.
 */
export function computeBbox(geometries: Iterable<Geometry | null>): Bounds | undefined {
  const all = [...geometries];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const geometry of all) {
    eachLine(geometry, (line) => {
      for (const [x = 0, y = 0] of line) {
        west = Math.min(west, x);
        east = Math.max(east, x);
        south = Math.min(south, y);
        north = Math.max(north, y);
      }
    });
  }
  if (west > east) return undefined;
  const isWide = east - west > HALF_TURN && west >= -HALF_TURN && east <= HALF_TURN;
  const [left, right] = (isWide && boundsOverAntimeridian(all)) || [west, east];
  return [left, south, right, north];
}

const HALF_TURN = 180;

/** West and east of what leaves more than half of the globe free; undefined where nothing does. */
function boundsOverAntimeridian(geometries: readonly (Geometry | null)[]): [number, number] | undefined {
  const spans: [west: number, east: number][] = [];
  for (const geometry of geometries) {
    eachLine(geometry, (line) => {
      const longitudes = line.map(([x = 0]) => x);
      spans.push([least(longitudes), greatest(longitudes)]);
    });
  }
  spans.sort(([one], [other]) => one - other);
  let reached = Infinity;
  for (const [west, east] of spans) {
    if (west - reached > HALF_TURN) return [west, reached];
    reached = reached === Infinity ? east : Math.max(reached, east);
  }
  return undefined;
}

/** Whether the bounding box of a geometry meets a box. */
export function intersectsBbox(geometry: Geometry | null, [west, south, east, north]: Bounds): boolean {
  const bounds = computeBbox([geometry]);
  if (!bounds) return false;
  const [xmin, ymin, xmax, ymax] = bounds;
  if (ymax < south || ymin > north) return false;
  const boxes = spansOf(west, east);
  return spansOf(xmin, xmax).some(([from, to]) => boxes.some(([low, high]) => to >= low && from <= high));
}

/** Longitudes from west to east, in two parts where the antimeridian lies between them. */
const spansOf = (west: number, east: number): readonly (readonly [number, number])[] =>
  west > east
    ? [
        [west, Infinity],
        [-Infinity, east],
      ]
    : [[west, east]];

/** Calls back with the positions of every line and ring of a geometry, and with every point alone. */
function eachLine(geometry: Geometry | null, visit: (positions: readonly Position[]) => void): void {
  if (geometry === null) return;
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) eachLine(part, visit);
    return;
  }
  const isLines = !geometry.type.endsWith('Point');
  const descend = (value: unknown): void => {
    if (!Array.isArray(value) || value.length === 0) return;
    if (typeof value[0] === 'number') visit([value as Position]);
    else if (isLines && typeof value[0]?.[0] === 'number') visit(value as Position[]);
    else for (const item of value) descend(item);
  };
  descend(geometry.coordinates);
}
