import type { RunContext } from '../../../core/processes/declaration.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import type { Layer, LayerFeature } from '../layers/layer.ts';
import { pairPaceOf } from '../layers/pace.ts';
import type { Piece } from './common-part.ts';
import { together } from './dimension.ts';
import type { HeldLayer } from './held-layer.ts';
import { Mask } from './mask.ts';
import type { TwoLayers } from './two-layers.ts';

/** The features of the first layer, cut with the second, and its mirror image. */
export const cutFeatures = (layers: TwoLayers, side: 'inside' | 'outside'): Promise<LayerFeature[]> =>
  cut(layers.features, layers.overlay, side, layers.layer.geometryPointer, layers);

export const cutOverlay = (layers: TwoLayers, side: 'inside' | 'outside'): Promise<LayerFeature[]> =>
  cut(layers.overlay, layers.features, side, layers.overlayLayer.geometryPointer, layers);

/** Features keep their order, id and properties; those of which nothing is left are dropped. */
async function cut(
  held: HeldLayer,
  by: HeldLayer,
  side: 'inside' | 'outside',
  geometryPointer: Layer['geometryPointer'],
  { plane, scope, context }: { plane: TwoLayers['plane']; scope: TwoLayers['scope']; context: RunContext },
): Promise<LayerFeature[]> {
  const mask = new Mask(by, scope);
  const tell = pairPaceOf(context, held.features.length, 'Cutting features');
  const results: LayerFeature[] = [];
  for (const [position, { feature, index }] of held.features.entries()) {
    const breathe = () => tell(position);
    await breathe();
    const { parts, pieces } = await onGeometry(
      () => geometryPointer(index),
      async () => {
        const parts = held.simple(position);
        const pieces: Piece[] = [];
        for (const part of parts) {
          const piece = await mask[side](part, breathe);
          if (piece) pieces.push(piece);
        }
        return { parts, pieces };
      },
    );
    const geometry = together(pieces.map((piece) => piece.geometry));
    if (!geometry) continue;
    const isWhole = pieces.length === parts.length && pieces.every((piece) => piece.wholeOf);
    results.push(isWhole ? feature : { ...feature, geometry: plane.back(geometry) });
  }
  return results;
}
