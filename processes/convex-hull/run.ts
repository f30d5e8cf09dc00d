import type { Run } from '../../core/processes/declaration.ts';
import { convexHull } from '../../geo/geos/hulls.ts';
import { outerVertices } from '../../geo/per-feature/outer-vertices.ts';
import { writeShapes } from '../../geo/per-feature/shapes.ts';
import type declaration from './process.ts';

/** The convex hull of each feature or of all. */
export const run: Run<typeof declaration> = (inputs, context) =>
  writeShapes(
    inputs,
    context,
    'Finding hulls',
    (scope, geometry) => ({ geometry: convexHull(scope, geometry) }),
    { reduce: outerVertices },
  );
