import type { Geometry } from 'geojson';
import type { BufferStyle, Geos } from '../../../geo/geos/geos.ts';

/** The style that buffers have by default. */
export const roundStyle = {
  quadrantSegments: 8,
  endCap: 'round',
  join: 'round',
  mitreLimit: 5,
  singleSided: false,
} as const;

/** The buffer of a geometry by GEOS alone, in the plane that it lies in. */
export const computeBuffer = (
  geometry: Geometry,
  distance: number,
  style: BufferStyle,
  geos: Geos,
): Geometry => geos.scope((scope) => scope.geometry(scope.buffer(scope.read(geometry), distance, style)));
