import type { Run } from '../../core/processes/declaration.ts';
import { outerVertices } from '../engines/features/outer-vertices.ts';
import { shapesOf } from '../engines/features/shapes.ts';
import { convexHull } from '../engines/geos/hulls.ts';
import type declaration from './process.ts';

/** The convex hull of each feature or of all. */
export const run: Run<typeof declaration> = (inputs, context) =>
  shapesOf(
    inputs,
    context,
    'Finding hulls',
    (scope, geometry) => ({ geometry: convexHull(scope, geometry) }),
    { reduce: outerVertices },
  );
