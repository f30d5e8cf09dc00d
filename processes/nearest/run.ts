import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import type { LayerFeature, Properties } from '../engines/layers/layer.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { neighboursOf } from '../engines/nearest/neighbours.ts';
import { nullsOf, prefixed } from '../engines/overlay/columns.ts';
import { validLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Writes a row for each neighbour of each feature. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await validLayers(inputs, context);
  const options = {
    crs: inputs.crs,
    count: inputs.k,
    most: (inputs.maxDistance ?? Infinity) * distanceUnits[inputs.distanceUnit],
  };
  const neighbours = await neighboursOf(layers, options, context);
  const added = layers.overlay.map(({ feature }) => prefixed(feature.properties, inputs.prefix));
  const absent = { ...prefixed(nullsOf(layers.overlay), inputs.prefix), distance: null, rank: null };
  const features = layers.features.flatMap(({ feature }, index): LayerFeature[] => {
    const rows = neighbours[index]!.map(
      ({ position, distance }, rank): Properties => ({ ...added[position], distance, rank: rank + 1 }),
    );
    if (rows.length === 0 && inputs.keepUnmatched) rows.push(absent);
    return rows.map((row) => ({ ...feature, properties: { ...feature.properties, ...row } }));
  });
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
