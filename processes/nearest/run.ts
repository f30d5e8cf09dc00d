import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { measureProperties, PropertyBudget } from '../../geo/layer/property-budget.ts';
import { findLayerNeighbours } from '../../geo/nearest/neighbours.ts';
import { countedRows, nullProperties, prefixed, prefixedOnDemand } from '../../geo/overlay/columns.ts';
import { validLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Writes a row for each neighbour of each feature. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await validLayers(inputs, context);
  const options = {
    crs: inputs.crs,
    count: inputs.k,
    most: (inputs.maxDistance ?? Infinity) * distanceUnits[inputs.distanceUnit],
  };
  const neighbours = await findLayerNeighbours(layers, options, context);
  const added = prefixedOnDemand(layers.overlay, inputs.prefix);
  const absent = { ...prefixed(nullProperties(layers.overlay), inputs.prefix), distance: null, rank: null };
  const budget = new PropertyBudget(context, '/inputs/overlay');
  const countOwn = countedRows(budget, layers.features);
  const countOther = countedRows(budget, layers.overlay, inputs.prefix);
  const absentBytes = measureProperties(absent);
  const features: LayerFeature[] = [];
  for (const [index, { feature }] of layers.features.entries()) {
    const found = requirePresent(neighbours[index], 'The list of neighbours');
    const isAlone = found.length === 0 && inputs.keepUnmatched;
    countOwn(index, isAlone ? 1 : found.length);
    if (isAlone) budget.count(1, absentBytes);
    for (const { position } of found) countOther(position);
    for (const [rank, { position, distance }] of found.entries()) {
      const properties = { ...feature.properties, ...added(position), distance, rank: rank + 1 };
      features.push({ ...feature, properties });
    }
    if (isAlone) features.push({ ...feature, properties: { ...feature.properties, ...absent } });
  }
  return { result: await writeLayer({ ...layers.layer, features }, context.format('result')) };
};
