import type { Run } from '../../core/processes/declaration.ts';
import { distanceUnits } from '../../core/processes/schemas.ts';
import { loadGeos } from '../engines/geos/geos.ts';
import type { LayerFeature, Properties } from '../engines/layers/layer.ts';
import { ResultBudget } from '../engines/layers/result-budget.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { eachWithNeighbours } from '../engines/nearest/neighbours.ts';
import { nullsOf, prefixed } from '../engines/overlay/columns.ts';
import { validLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Writes a row for each neighbour of each feature. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const geos = await loadGeos();
  const layers = await validLayers(inputs, context);
  const added = layers.overlay.map(({ feature }) => prefixed(feature.properties, inputs.prefix));
  const absent = { ...prefixed(nullsOf(layers.overlay), inputs.prefix), distance: null, rank: null };
  const options = {
    crs: inputs.crs,
    count: inputs.k,
    most: (inputs.maxDistance ?? Infinity) * distanceUnits[inputs.distanceUnit],
  };
  const budget = new ResultBudget(context);
  const results: LayerFeature[] = [];
  await eachWithNeighbours(layers, options, geos, context, (feature, neighbours) => {
    const rows = neighbours.map(
      ({ position, distance }, index): Properties => ({ ...added[position], distance, rank: index + 1 }),
    );
    if (rows.length === 0 && inputs.keepUnmatched) rows.push(absent);
    for (const row of rows) {
      budget.add(feature.geometry);
      results.push({ ...feature, properties: { ...feature.properties, ...row } });
    }
  });
  return { result: await writeLayer({ ...layers.layer, features: results }, context.format('result')) };
};
