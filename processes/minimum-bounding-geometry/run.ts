import type { Run } from '../../core/processes/declaration.ts';
import { toUnit } from '../../geo/crs/angular-unit.ts';
import { boundingCircle, envelope, orientedRectangle } from '../../geo/geos/bounding-shapes.ts';
import type { MakeShape } from '../../geo/per-feature/shape-in-plane.ts';
import { writeShapes } from '../../geo/per-feature/shapes.ts';
import type declaration from './process.ts';

const shapes: Readonly<Record<'envelope' | 'orientedRectangle' | 'circle', MakeShape>> = {
  envelope: (scope, geometry) => ({ geometry: envelope(scope, geometry) }),
  orientedRectangle: (scope, geometry) => ({ geometry: orientedRectangle(scope, geometry) }),
  circle: (scope, geometry, crs) => {
    const { polygon, radius } = boundingCircle(scope, geometry);
    return { geometry: polygon, properties: { radius: toUnit(radius, crs) } };
  },
};

/** The smallest shape of a kind around each feature or all. */
export const run: Run<typeof declaration> = (inputs, context) =>
  writeShapes(inputs, context, 'Finding bounds', shapes[inputs.shape]);
