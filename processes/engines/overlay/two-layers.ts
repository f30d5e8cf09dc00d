import { type Fault, InvalidRequest } from '../../../core/errors.ts';
import type { RunContext, Source } from '../../../core/processes/declaration.ts';
import type { InvalidGeometryRule } from '../../vector-inputs.ts';
import { planeOfLayer, type WorkingPlane } from '../geodesy/working-planes.ts';
import { loadGeos } from '../geos/geos.ts';
import { type LastingScope, lastingScope } from '../geos/lasting-scope.ts';
import { type IndexedFeature, validFeatures } from '../geos/valid-features.ts';
import type { Layer } from '../layers/layer.ts';
import { readLayer } from '../layers/read.ts';
import { layerInCrs } from '../layers/reproject.ts';
import { HeldLayer } from './held-layer.ts';

export interface LayerInputs {
  readonly features: Source;
  readonly overlay: Source;
  readonly invalidGeometry: InvalidGeometryRule;
}

/** Two layers as they came, without invalid geometries, the second in the CRS of the first. */
export interface ValidLayers {
  readonly layer: Layer;
  readonly overlayLayer: Layer;
  readonly features: readonly IndexedFeature[];
  readonly overlay: readonly IndexedFeature[];
  readonly overlayMoved: boolean;
}

/**
 * Reads and checks both layers; faults of both are listed. Geometries are checked where they came from and the
 * second layer is moved to the CRS of the first after that.
 *
 * @throws InvalidRequest, LimitExceeded
 */
export async function validLayers(
  { features, overlay, invalidGeometry }: LayerInputs,
  context: RunContext,
): Promise<ValidLayers> {
  const [layer, overlayLayer] = await both(
    () => readLayer(features, context),
    () => readLayer(overlay, context),
  );
  const [valid, validOverlay] = await both(
    () => validFeatures(layer, invalidGeometry, context),
    () => validFeatures(overlayLayer, invalidGeometry, context),
  );
  const kept: Layer = {
    ...overlayLayer,
    features: validOverlay.map(({ feature }) => feature),
    geometryPointer: (position) => overlayLayer.geometryPointer(validOverlay[position]!.index),
  };
  const moved = await layerInCrs(kept, layer.crs, context);
  return {
    layer,
    overlayLayer,
    features: valid,
    overlay: validOverlay.map(({ index }, position) => ({ feature: moved.features[position]!, index })),
    overlayMoved: moved !== kept,
  };
}

/** Both layers of an overlay or join, in one plane and inside GEOS. */
export interface TwoLayers {
  readonly layer: Layer;
  readonly overlayLayer: Layer;
  readonly plane: WorkingPlane;
  readonly features: HeldLayer;
  readonly overlay: HeldLayer;
  readonly scope: LastingScope;
  readonly context: RunContext;
}

/**
 * Reads both layers, holds them inside GEOS while `work` runs, and frees them.
 *
 * @throws InvalidRequest, LimitExceeded
 */
export async function withTwoLayers<T>(
  inputs: LayerInputs & { readonly crs?: string | undefined },
  context: RunContext,
  work: (layers: TwoLayers) => Promise<T>,
): Promise<T> {
  const geos = await loadGeos();
  const { layer, overlayLayer, features, overlay, overlayMoved } = await validLayers(inputs, context);
  const plane = planeOfLayer(layer, inputs.crs, geos);
  const moves = inputs.crs !== undefined;
  return lastingScope(geos, (scope) =>
    work({
      layer,
      overlayLayer,
      plane,
      features: new HeldLayer(features, plane.forward, scope, moves),
      overlay: new HeldLayer(overlay, plane.forward, scope, moves || overlayMoved),
      scope,
      context,
    }),
  );
}

/** Does both, one after the other, and lists what is wrong with either. */
async function both<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  const faults: Fault[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const results = [await attempt(one), await attempt(other)];
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  return results as [A, B];
}
