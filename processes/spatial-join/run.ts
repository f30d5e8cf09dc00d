import type { Run } from '../../core/processes/declaration.ts';
import { onGeometry } from '../engines/geos/refused-geometry.ts';
import type { LayerFeature } from '../engines/layers/layer.ts';
import { pairPaceOf } from '../engines/layers/pace.ts';
import { ResultBudget } from '../engines/layers/result-budget.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { nullsOf, prefixed } from '../engines/overlay/columns.ts';
import { matchesOf } from '../engines/overlay/matches.ts';
import { withTwoLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Tests each feature against the overlay features whose boxes meet its own. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async ({ layer, features, overlay }) => {
    const most = inputs.cardinality === 'first' ? 1 : Infinity;
    const added = overlay.features.map(({ feature }) => prefixed(feature.properties, inputs.prefix));
    const absent = prefixed(nullsOf(overlay.features), inputs.prefix);
    const tell = pairPaceOf(context, features.features.length, 'Joining');
    const budget = new ResultBudget(context);
    const results: LayerFeature[] = [];
    for (const [position, { feature, index }] of features.features.entries()) {
      const breathe = () => tell(position);
      await breathe();
      const operand = features.operand(position);
      const matches = operand
        ? await onGeometry(
            () => layer.geometryPointer(index),
            () => matchesOf(operand, inputs.predicate, overlay, most, breathe),
          )
        : [];
      const partners = matches.map((match) => added[match]!);
      if (partners.length === 0 && inputs.keepUnmatched) partners.push(absent);
      for (const partner of partners) {
        budget.add(feature.geometry);
        results.push({ ...feature, properties: { ...feature.properties, ...partner } });
      }
    }
    return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
  });
