import type { Run } from '../../core/processes/declaration.ts';
import { centroid, pointOnSurface } from '../../geo/geos/centroid.ts';
import { writeShapes } from '../../geo/per-feature/shapes.ts';
import type declaration from './process.ts';

const methods = { centroid, pointOnSurface } as const;

/** One point of each feature, in the plane of the work. */
export const run: Run<typeof declaration> = ({ method, features, crs }, context) =>
  writeShapes({ features, crs }, context, 'Finding centres', (scope, geometry) => ({
    geometry: methods[method](scope, geometry),
  }));
