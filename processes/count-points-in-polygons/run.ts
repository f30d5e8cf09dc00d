import { type Fault, InvalidRequest } from '../../core/errors.ts';
import type { Run } from '../../core/processes/declaration.ts';
import { numericFieldFault } from '../engines/aggregates.ts';
import type { IndexedFeature } from '../engines/geos/valid-features.ts';
import { MAXIMUM_FAULTS } from '../engines/layers/geometry-faults.ts';
import type { LayerFeature } from '../engines/layers/layer.ts';
import { writeLayer } from '../engines/layers/write.ts';
import { matchesOfFeatures } from '../engines/overlay/matches.ts';
import { type TwoLayers, twoLayers } from '../engines/overlay/two-layers.ts';
import { statisticOfNumbers } from '../engines/statistics.ts';
import type declaration from './process.ts';

/** Counts the points that each polygon has inside or on its border. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { layer, overlay } = layers;
  const { weightField, countName } = inputs;
  check(layers, weightField);
  const matches = await matchesOfFeatures(layers, { predicate: 'intersects', message: 'Counting points' });
  const features = layers.features.map(({ feature }, position): LayerFeature => {
    const met = matches[position]!;
    const properties = { ...feature.properties, [countName]: met.length };
    if (weightField !== undefined) {
      const weights = Array.from(met, (match) => overlay[match]!.feature.properties[weightField]).filter(
        (weight) => typeof weight === 'number',
      );
      properties[`${weightField}_sum`] = statisticOfNumbers('sum', weights);
    }
    return { ...feature, properties };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

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
  features: readonly IndexedFeature[],
  geometryPointer: (index: number) => string,
  kind: 'Point' | 'Polygon',
): Fault[] =>
  features.flatMap(({ feature: { geometry }, index }) => {
    if (geometry === null || geometry.type === kind || geometry.type === `Multi${kind}`) return [];
    const detail = `is a ${geometry.type}; a ${kind} or Multi${kind} is needed.`;
    return [{ pointer: geometryPointer(index), detail }];
  });
