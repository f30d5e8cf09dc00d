import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext, Source } from '../../core/run/context.ts';
import { append } from '../../core/shared/arrays.ts';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import type { Crs } from '../crs/crs.ts';
import { readLayer } from '../formats/read.ts';
import { planeForLayer } from '../geodesy/working-planes.ts';
import { loadGeos } from '../geos/geos.ts';
import type { InvalidGeometryRule } from '../geos/invalid-geometry-rules.ts';
import { type IndexedFeature, validFeatures } from '../geos/valid-features.ts';
import type { Layer } from '../layer/layer.ts';
import { layerInCrs } from '../reproject/reproject.ts';
import { type StoredLayer, storedLayer } from './stored-layer.ts';

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
    geometryPointer: (position) => overlayLayer.geometryPointer(itemAt(validOverlay, position).index),
  };
  const moved = await layerInCrs(kept, layer.crs, context);
  return {
    layer,
    overlayLayer,
    features: valid,
    overlay: validOverlay.map(({ index }, position) => ({
      feature: itemAt(moved.features, position),
      index,
    })),
    overlayMoved: moved !== kept,
  };
}

/** Both layers of an overlay or join, and what threads share of them, in one plane. */
export interface TwoLayers extends ValidLayers {
  readonly context: RunContext;
  readonly stored: {
    readonly layerCrs: Crs;
    readonly crs: CrsInput | undefined;
    readonly features: StoredLayer;
    readonly overlay: StoredLayer;
    /** True where the coordinates of both end at the antimeridian, across which features may meet. */
    readonly endsAtAntimeridian: boolean;
  };
  /** JSON pointers to geometries by their positions, of the features and of the overlay. */
  readonly pointers: readonly ((position: number) => string)[];
}

/**
 * Reads and checks both layers and moves them to the plane of the work.
 *
 * @throws InvalidRequest, LimitExceeded
 */
export async function twoLayers(
  inputs: LayerInputs & { readonly crs?: CrsInput | undefined },
  context: RunContext,
): Promise<TwoLayers> {
  const layers = await validLayers(inputs, context);
  const { layer, overlayLayer, features, overlay, overlayMoved } = layers;
  const { crs } = inputs;
  const plane = planeForLayer(layer, crs, await loadGeos());
  const { forward } = plane.around([...features, ...overlay].map(({ feature: { geometry } }) => geometry));
  const planar = (held: readonly IndexedFeature[]) =>
    held.map(({ feature: { geometry } }) => geometry && forward(geometry));
  const moves = crs !== undefined;
  return {
    ...layers,
    context,
    stored: {
      layerCrs: layer.crs,
      crs,
      features: storedLayer(planar(features), moves),
      overlay: storedLayer(planar(overlay), moves || overlayMoved),
      endsAtAntimeridian: plane.endsAtAntimeridian,
    },
    pointers: [
      (position) => layer.geometryPointer(itemAt(features, position).index),
      (position) => overlayLayer.geometryPointer(itemAt(overlay, position).index),
    ],
  };
}

/** Does both, one after the other, and lists what is wrong with either. */
async function both<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
  const faults: Fault[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      append(faults, error.faults);
      return undefined;
    }
  };
  const results = [await attempt(one), await attempt(other)];
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  return results as [A, B];
}
