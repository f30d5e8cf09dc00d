import type { Position } from 'geojson';

/** A projection: from positions on the ellipsoid (or in another CRS) to a plane and back. */
export interface Plane {
  forward(position: Position): Position;
  inverse(position: Position): Position;
}
