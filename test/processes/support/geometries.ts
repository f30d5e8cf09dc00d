import assert from 'node:assert/strict';
import type { Geometry, Position } from 'geojson';
import { eachPosition } from '../../../geo/geometry/positions.ts';

/** The CRS member of GeoJSON of 2008. */
export const crsMember = (code: number) => ({
  crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${code}` } },
});

export function listPositions(geometry: Geometry | null): Position[] {
  const positions: Position[] = [];
  eachPosition(geometry, (position) => positions.push(position));
  return positions;
}

/** The same type and number of vertices, each of them near one of the other geometry: rings may start elsewhere. */
export function assertSameVertices(actual: Geometry, expected: Geometry, tolerance = 1e-9): void {
  const [own, others] = [listPositions(actual), listPositions(expected)];
  assert.deepEqual([actual.type, own.length], [expected.type, others.length]);
  const isNear = ([x = 0, y = 0]: Position, positions: readonly Position[]) =>
    positions.some(([a = 0, b = 0]) => Math.abs(x - a) <= tolerance && Math.abs(y - b) <= tolerance);
  for (const position of own) assert.ok(isNear(position, others), `${position} is not expected`);
  for (const position of others) assert.ok(isNear(position, own), `${position} is missing`);
}
