import type { Run } from '../../core/processes/declaration.ts';
import { shapesOf } from '../engines/features/shapes.ts';
import { concaveHull } from '../engines/geos/hulls.ts';
import type declaration from './process.ts';

/** The concave hull of the vertices of each feature or of all. */
export const run: Run<typeof declaration> = (inputs, context) =>
  shapesOf(inputs, context, 'Finding hulls', (scope, geometry) => ({
    geometry: concaveHull(scope, geometry, inputs),
  }));
