import type { Run } from '../../core/processes/declaration.ts';
import { onGeometry } from '../engines/geos/refused-geometry.ts';
import type { LayerFeature } from '../engines/layers/layer.ts';
import { pairPaceOf } from '../engines/layers/pace.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { matchesOf } from '../engines/overlay/matches.ts';
import { withTwoLayers } from '../engines/overlay/two-layers.ts';
import type declaration from './process.ts';

/** Looks for one match of each feature. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async ({ layer, features, overlay }) => {
    const tell = pairPaceOf(context, features.features.length, 'Selecting');
    const results: LayerFeature[] = [];
    for (const [position, { feature, index }] of features.features.entries()) {
      const breathe = () => tell(position);
      await breathe();
      const operand = features.operand(position);
      const matches = operand
        ? await onGeometry(
            () => layer.geometryPointer(index),
            () => matchesOf(operand, inputs.predicate, overlay, 1, breathe),
          )
        : [];
      if (matches.length > 0 !== inputs.invert) results.push(feature);
    }
    return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
  });
