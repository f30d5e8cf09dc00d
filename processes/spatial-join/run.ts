import type { Run } from '../../core/processes/declaration.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { measureProperties, PropertyBudget } from '../../geo/layer/property-budget.ts';
import { countedRows, nullProperties, prefixed, prefixedOnDemand } from '../../geo/overlay/columns.ts';
import { findMatches } from '../../geo/overlay/matches.ts';
import { twoLayers } from '../../geo/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Tests each feature against the overlay features whose boxes meet its own, and joins what matches. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { layer, overlay } = layers;
  const matches = await findMatches(layers, {
    predicate: inputs.predicate,
    ...(inputs.cardinality === 'first' && { most: 1 }),
    areRows: true,
    message: 'Joining',
  });
  const added = prefixedOnDemand(overlay, inputs.prefix);
  const absent = inputs.keepUnmatched ? [prefixed(nullProperties(overlay), inputs.prefix)] : [];
  const budget = new PropertyBudget(context, '/inputs/overlay');
  const countOwn = countedRows(budget, layers.features);
  const countOther = countedRows(budget, overlay, inputs.prefix);
  const absentBytes = absent[0] ? measureProperties(absent[0]) : 0;
  const features: LayerFeature[] = [];
  for (const [position, { feature }] of layers.features.entries()) {
    const found = requirePresent(matches[position], 'The list of matches');
    countOwn(position, found.length > 0 ? found.length : absent.length);
    if (found.length > 0) for (const other of found) countOther(other);
    else budget.count(absent.length, absentBytes);
    const partners = found.length > 0 ? found.map(added) : absent;
    for (const partner of partners)
      features.push({ ...feature, properties: { ...feature.properties, ...partner } });
  }
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};
