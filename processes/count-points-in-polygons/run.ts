import { type Fault, InvalidRequest } from '../../core/errors.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { numericFieldFault } from '../engines/aggregates.ts';
import { onGeometry } from '../engines/geos/refused-geometry.ts';
import { MAXIMUM_FAULTS } from '../engines/layers/geometry-faults.ts';
import type { LayerFeature } from '../engines/layers/layer.ts';
import { pairPaceOf } from '../engines/layers/pace.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { matchesOf } from '../engines/overlay/matches.ts';
import { type TwoLayers, withTwoLayers } from '../engines/overlay/two-layers.ts';
import { statisticOfNumbers } from '../engines/statistics.ts';
import type declaration from './process.ts';

/** Counts the points that each polygon has inside or on its border. */
export const run: Run<typeof declaration> = (inputs, context) =>
  withTwoLayers(inputs, context, async (layers) => {
    const { layer, features, overlay } = layers;
    const { weightField, countName } = inputs;
    check(layers, weightField);
    const tell = pairPaceOf(context, features.features.length, 'Counting points');
    const results: LayerFeature[] = [];
    for (const [position, { feature, index }] of features.features.entries()) {
      const breathe = () => tell(position);
      await breathe();
      const operand = features.operand(position);
      const matches = operand
        ? await onGeometry(
            () => layer.geometryPointer(index),
            () => matchesOf(operand, 'intersects', overlay, Infinity, breathe),
          )
        : [];
      const properties = { ...feature.properties, [countName]: matches.length };
      if (weightField !== undefined) {
        const weights = matches
          .map((match) => overlay.features[match]!.feature.properties[weightField])
          .filter((weight) => typeof weight === 'number');
        properties[`${weightField}_sum`] = statisticOfNumbers('sum', weights);
      }
      results.push({ ...feature, properties });
    }
    return { result: await writeLayer({ ...layer, features: results }, context.format('result')) };
  });

/** @throws InvalidRequest listing geometries of the wrong kind, and a weight that is missing or no number */
function check({ layer, overlayLayer, features, overlay }: TwoLayers, weightField: string | undefined): void {
  const faults: Fault[] = [
    ...wrongKind(features, layer.geometryPointer, 'Polygon'),
    ...wrongKind(overlay, overlayLayer.geometryPointer, 'Point'),
  ].slice(0, MAXIMUM_FAULTS);
  if (weightField !== undefined && overlayLayer.features.length > 0) {
    const detail = numericFieldFault(overlayLayer.features, weightField, 'a weight');
    if (detail) faults.push({ pointer: '/inputs/weightField', detail });
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}

const wrongKind = (
  held: TwoLayers['features'],
  geometryPointer: (index: number) => string,
  kind: 'Point' | 'Polygon',
): Fault[] =>
  held.features.flatMap(({ feature: { geometry }, index }) => {
    if (geometry === null || geometry.type === kind || geometry.type === `Multi${kind}`) return [];
    const detail = `is a ${geometry.type}; a ${kind} or Multi${kind} is needed.`;
    return [{ pointer: geometryPointer(index), detail }];
  });
