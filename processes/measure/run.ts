import { Crs84 } from '../../core/api/uris.ts';
import { InvalidInput } from '../../core/errors.ts';
import type { Run, RunContext } from '../../core/processes/declaration.ts';
import { eachGeometry } from '../engines/features/each-geometry.ts';
import { positionMover } from '../engines/features/moved-position.ts';
import {
  geodesicMeasuring,
  type Measuring,
  measuresOf,
  planarMeasuring,
} from '../engines/geodesy/measure.ts';
import { crsOf } from '../engines/layers/crs.ts';
import { type Layer, mapPositions } from '../engines/layers/layer.ts';
import { readLayer } from '../engines/layers/read.ts';
import { writeLayer } from '../engines/layers/write.ts';
import type declaration from './process.ts';

/** Adds what each feature measures to its properties; geometries stay as they are. */
export const run: Run<typeof declaration> = async ({ prefix, ...inputs }, context) => {
  const layer = await readLayer(inputs.features, context);
  const { crs, measuring } = measuringOf(layer, inputs, context);
  const moved = positionMover(layer, crs);
  const features = await eachGeometry(layer, context, 'Measuring', (geometry, index) => {
    const placed = mapPositions(geometry, (position) => moved(position, index));
    const measures = Object.entries(measuresOf(placed, measuring));
    return { properties: Object.fromEntries(measures.map(([name, value]) => [prefix + name, value])) };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

interface Wanted {
  readonly method: 'geodesic' | 'planar';
  readonly crs: string | undefined;
}

/** How to measure, and in which CRS. */
function measuringOf(
  layer: Layer,
  { method, crs }: Wanted,
  context: RunContext,
): { readonly crs: string; readonly measuring: Measuring } {
  if (method === 'geodesic') {
    if (crs !== undefined)
      context.log('Geodesics do not depend on the CRS of the work; "crs" has no effect.');
    return { crs: Crs84, measuring: geodesicMeasuring };
  }
  const { name, isGeographic, metresPerUnit } =
    crs === undefined ? crsOf(layer.crs, '/inputs/features') : crsOf(crs, '/inputs/crs');
  if (!isGeographic) return { crs: name, measuring: planarMeasuring(metresPerUnit) };
  throw new InvalidInput(
    '/inputs/crs',
    `must be a projected CRS, in whose plane is measured; ${name}${crs === undefined ? ', the CRS of the layer,' : ''} is geographic. The method geodesic needs none.`,
  );
}
