import type { CrsInput } from '../../core/run/bounding-box.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import { planeForLayer, type WorkingPlane } from '../geodesy/working-planes.ts';
import { type Geos, loadGeos } from '../geos/geos.ts';
import { LastingScope, lastingScope } from '../geos/lasting-scope.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { defineKernel, type KernelContext } from '../parallel/kernel.ts';
import { placeholderPointer } from '../parallel/places.ts';
import { commonPart } from './common-part.ts';
import { HeldLayer } from './held-layer.ts';
import { Mask } from './mask.ts';
import { type OverlayRows, RowCollector, rowKinds } from './overlay-rows.ts';
import { type CutStep, type OverlayStep, overlaySteps } from './overlay-steps.ts';
import { type Piece, writePieces } from './pieces.ts';
import { layerNumbers, type StoredLayer } from './stored-layer.ts';

export interface LayersToOverlay {
  /** CRS of the layers, and that of the work where one is given. */
  readonly layerCrs: Crs;
  readonly crs: CrsInput | undefined;
  readonly features: StoredLayer;
  readonly overlay: StoredLayer;
  readonly parts: readonly OverlayPart[];
}

/** Some features of a layer that go through a step. */
export interface OverlayPart {
  readonly step: OverlayStep;
  readonly positions: Uint32Array;
}

/** Overlays two layers, feature by feature. */
export const overlayParts = defineKernel<LayersToOverlay, OverlayRows>(
  'overlayParts',
  async (data, context) => {
    const geos = await loadGeos();
    const overlaying = new Overlaying(data, geos, context);
    return {
      part: async (number) => {
        const { step, positions } = itemAt(data.parts, number);
        const layer = layerNumbers[overlaySteps[step].through];
        const rows = new RowCollector(context.limits);
        for (const position of positions) {
          await onGeometry(placeholderPointer(position, layer), () =>
            step === 'pairs' ? overlaying.pairs(position, rows) : overlaying.cut(step, position, rows),
          );
        }
        return rows.rows;
      },
      end: () => overlaying.end(),
    };
  },
);

class Overlaying {
  readonly #geos: Geos;
  readonly #plane: WorkingPlane;
  readonly #context: KernelContext;
  readonly #scope: LastingScope;
  readonly #layers: { readonly features: HeldLayer; readonly overlay: HeldLayer };
  readonly #masks: { readonly features: Mask; readonly overlay: Mask };

  constructor({ layerCrs, crs, features, overlay }: LayersToOverlay, geos: Geos, context: KernelContext) {
    this.#geos = geos;
    this.#plane = planeForLayer({ crs: layerCrs }, crs, geos);
    this.#context = context;
    this.#scope = new LastingScope(geos);
    this.#layers = {
      features: new HeldLayer(features, this.#scope),
      overlay: new HeldLayer(overlay, this.#scope),
    };
    this.#masks = {
      features: new Mask(this.#layers.features, this.#scope, context),
      overlay: new Mask(this.#layers.overlay, this.#scope, context),
    };
  }

  /** The common parts of a feature and those of the overlay. */
  async pairs(position: number, rows: RowCollector): Promise<void> {
    const { features, overlay } = this.#layers;
    const operand = features.operand(position);
    if (!operand) return;
    for (const other of overlay.near(operand.bounds)) {
      if (this.#context.isDue()) await this.#context.breathe();
      this.#geos.scope((scope) => {
        const pieces = features
          .simple(position)
          .flatMap((one) => overlay.simple(other).map((another) => commonPart(one, another, scope)))
          .filter((piece) => piece !== undefined);
        const [first] = pieces;
        // A side that lies wholly within the other keeps the coordinates that it came with.
        const whole = pieces.length === 1 && first && 'whole' in first ? first.whole : undefined;
        if (whole && whole === operand) rows.add(position, other, rowKinds.feature, whole.vertices);
        else if (whole && whole === overlay.operand(other))
          rows.add(position, other, rowKinds.overlayFeature, whole.vertices);
        else {
          const vertices = writePieces(pieces, operand.bounds, this.#plane, scope, rows.packer);
          if (vertices !== undefined) rows.add(position, other, rowKinds.piece, vertices);
        }
      });
    }
  }

  /** What of a feature, of whichever layer, lies inside the other layer or outside. */
  async cut(step: CutStep, position: number, rows: RowCollector): Promise<void> {
    const isOverlay = step === 'overlayOutside';
    const layer = isOverlay ? this.#layers.overlay : this.#layers.features;
    const mask = isOverlay ? this.#masks.features : this.#masks.overlay;
    const operand = layer.operand(position);
    if (!operand) return;
    await lastingScope(this.#geos, async (scope) => {
      const parts = layer.simple(position);
      const pieces: Piece[] = [];
      for (const part of parts) {
        const piece = await mask[step === 'inside' ? 'inside' : 'outside'](part, scope);
        if (piece) pieces.push(piece);
      }
      // Nothing was taken: it keeps the coordinates that it came with.
      const isWhole = pieces.length === parts.length && pieces.every((piece) => 'whole' in piece);
      if (isWhole) {
        if (parts.length > 0) rows.add(position, 0, rowKinds.feature, operand.vertices);
        return;
      }
      const vertices = writePieces(pieces, operand.bounds, this.#plane, scope, rows.packer);
      if (vertices !== undefined) rows.add(position, 0, rowKinds.piece, vertices);
    });
  }

  end(): void {
    this.#scope.end();
  }
}
