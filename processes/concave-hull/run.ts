import type { Run } from '../../core/processes/declaration.ts';
import { concaveHull } from '../../geo/geos/hulls.ts';
import { concaveHulls, directHull } from '../../geo/per-feature/concave-hulls.ts';
import { writeShapes } from '../../geo/per-feature/shapes.ts';
import type declaration from './process.ts';

const MESSAGE = 'Finding hulls';

/** The concave hull of the vertices of each feature or of all. */
export const run: Run<typeof declaration> = ({ ratio, allowHoles, ...inputs }, context) => {
  const style = { ratio, allowHoles };
  return writeShapes(
    inputs,
    context,
    MESSAGE,
    (scope, geometry) => ({ geometry: concaveHull(scope, geometry, style) }),
    {
      direct: directHull(style),
      shapeEach: (layer) => concaveHulls(layer, style, inputs.crs, MESSAGE, context),
    },
  );
};
