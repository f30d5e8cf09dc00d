import type { Run } from '../../core/processes/declaration.ts';
import { boundingCircle, envelope, orientedRectangle } from '../../geo/geos/bounding-shapes.ts';
import type { ShapeOf } from '../../geo/per-feature/shape-in-plane.ts';
import { shapesOf } from '../../geo/per-feature/shapes.ts';
import type declaration from './process.ts';

const shapes: Readonly<Record<'envelope' | 'orientedRectangle' | 'circle', ShapeOf>> = {
  envelope: (scope, geometry) => ({ geometry: envelope(scope, geometry) }),
  orientedRectangle: (scope, geometry) => ({ geometry: orientedRectangle(scope, geometry) }),
  circle: (scope, geometry) => {
    const { polygon, radius } = boundingCircle(scope, geometry);
    return { geometry: polygon, properties: { radius } };
  },
};

/** The smallest shape of a kind around each feature or all. */
export const run: Run<typeof declaration> = (inputs, context) =>
  shapesOf(inputs, context, 'Finding bounds', shapes[inputs.shape]);
