import type { Geometry } from 'geojson';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { LayerFeature } from '../layers/layer.ts';
import { pairPaceOf } from '../layers/pace.ts';
import { ResultBudget } from '../layers/result-budget.ts';
import { prefixed } from './columns.ts';
import { commonPart } from './common-part.ts';
import { together } from './dimension.ts';
import type { TwoLayers } from './two-layers.ts';

/**
 * The common part of each pair of features, by feature, then by overlay feature, with the properties of both.
 * Pieces have no id: a feature may have several.
 */
export async function intersectedPairs(layers: TwoLayers, prefix: string): Promise<LayerFeature[]> {
  const { layer, features, overlay, context } = layers;
  const tell = pairPaceOf(context, features.features.length, 'Intersecting pairs');
  const budget = new ResultBudget(context);
  const added = overlay.features.map(({ feature }) => prefixed(feature.properties, prefix));
  const results: LayerFeature[] = [];
  for (const [position, { feature, index }] of features.features.entries()) {
    await tell(position);
    const operand = features.operand(position);
    if (!operand) continue;
    await onGeometry(
      () => layer.geometryPointer(index),
      async () => {
        for (const other of overlay.near(operand.bounds)) {
          await tell(position);
          const geometry = commonGeometry(layers, position, other);
          if (!geometry) continue;
          budget.add(geometry);
          results.push({
            type: 'Feature',
            properties: { ...feature.properties, ...added[other] },
            geometry,
          });
        }
      },
    );
  }
  return results;
}

function commonGeometry(
  { features, overlay, plane, scope }: TwoLayers,
  position: number,
  other: number,
): Geometry | undefined {
  const pieces = features
    .simple(position)
    .flatMap((one) => overlay.simple(other).map((another) => commonPart(one, another, scope.geos)))
    .filter((piece) => piece !== undefined);
  const [first] = pieces;
  // A side that lies wholly within the other keeps the coordinates that it came with.
  if (pieces.length === 1 && first?.wholeOf) {
    if (first.wholeOf === features.operand(position)) return features.features[position]!.feature.geometry!;
    if (first.wholeOf === overlay.operand(other)) return overlay.features[other]!.feature.geometry!;
  }
  const geometry = together(pieces.map((piece) => piece.geometry));
  return geometry && plane.back(geometry);
}
