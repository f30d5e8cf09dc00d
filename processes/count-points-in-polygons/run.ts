import type { Run } from '../../core/processes/declaration.ts';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { IndexedFeature } from '../../geo/geos/valid-features.ts';
import { numericFieldFault } from '../../geo/layer/field-faults.ts';
import { MAXIMUM_FAULTS } from '../../geo/layer/geometry-faults.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { readProperty } from '../../geo/layer/properties.ts';
import { isPolygonal } from '../../geo/layer/require-polygons.ts';
import { findMatches } from '../../geo/overlay/matches.ts';
import { type TwoLayers, twoLayers } from '../../geo/overlay/two-layers.ts';
import { computeExactStatistic } from '../../geo/statistics/integer-statistics.ts';
import type declaration from './process.ts';

/** Counts the points that each polygon has inside or on its border. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layers = await twoLayers(inputs, context);
  const { layer, overlay } = layers;
  const { weightField, countName } = inputs;
  check(layers, weightField);
  const matches = await findMatches(layers, { predicate: 'intersects', message: 'Counting points' });
  const features = layers.features.map(({ feature }, position): LayerFeature => {
    const met = requirePresent(matches[position], 'The list of matches');
    const properties = { ...feature.properties, [countName]: met.length };
    if (weightField !== undefined) {
      const weights = Array.from(met, (match) =>
        readProperty(requirePresent(overlay[match], 'The match').feature.properties, weightField),
      ).filter((weight) => typeof weight === 'number' || typeof weight === 'bigint');
      properties[`${weightField}_sum`] = computeExactStatistic('sum', weights);
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
    if (kind === 'Polygon' && isPolygonal(geometry)) return [];
    const detail = `is a ${geometry.type}; a ${kind} or Multi${kind} is needed.`;
    return [{ pointer: geometryPointer(index), detail }];
  });
