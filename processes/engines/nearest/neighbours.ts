import { Crs84 } from '../../../core/api/uris.ts';
import type { RunContext } from '../../../core/processes/declaration.ts';
import { planesOnTheGround } from '../geodesy/working-planes.ts';
import type { Geos } from '../geos/geos.ts';
import { type LastingScope, lastingScope } from '../geos/lasting-scope.ts';
import { onGeometry } from '../geos/refused-geometry.ts';
import { crsOf } from '../layers/crs.ts';
import { isEmptyGeometry, type Layer, type LayerFeature } from '../layers/layer.ts';
import { pairPaceOf } from '../layers/pace.ts';
import { layerInCrs } from '../layers/reproject.ts';
import { HeldLayer } from '../overlay/held-layer.ts';
import { storedLayer } from '../overlay/stored-layer.ts';
import type { ValidLayers } from '../overlay/two-layers.ts';
import { GeographicLayer } from './geographic.ts';
import { type Neighbour, nearestOf, type Surroundings } from './k-nearest.ts';
import { planarSurroundings } from './planar.ts';

export interface NeighbourOptions {
  /** Projected CRS of the work. */
  readonly crs: string | undefined;
  readonly count: number;
  /** Metres up to which features are neighbours. */
  readonly most: number;
}

/**
 * The nearest overlay features of each feature, distances in metres: on a geographic layer in the azimuthal
 * equidistant plane about the feature, else in the plane of `crs` or of the layer.
 *
 * @param visit is called for each feature in order; without neighbours where it has no geometry.
 * @throws InvalidRequest
 */
export async function eachWithNeighbours(
  layers: ValidLayers,
  { crs, count, most }: NeighbourOptions,
  geos: Geos,
  context: RunContext,
  visit: (feature: LayerFeature, neighbours: readonly Neighbour[]) => void,
): Promise<void> {
  const geographic = crs === undefined && crsOf(layers.layer.crs, '/inputs/features').isGeographic;
  const tell = pairPaceOf(context, layers.features.length, 'Finding neighbours');
  await lastingScope(geos, async (scope) => {
    const { unitsPerMetre, from } = geographic
      ? await geographicView(layers, geos, scope, context)
      : planarView(layers, crs, geos, scope, context);
    for (const [position, { feature, index }] of layers.features.entries()) {
      const breathe = () => tell(position);
      await breathe();
      const found = await onGeometry(
        () => layers.layer.geometryPointer(index),
        () =>
          lastingScope(geos, async (own) => {
            const surroundings = from(position, own);
            return surroundings ? nearestOf(surroundings, count, most * unitsPerMetre, breathe) : [];
          }),
      );
      visit(
        feature,
        found.map((neighbour) => ({ ...neighbour, distance: neighbour.distance / unitsPerMetre })),
      );
    }
  });
}

interface View {
  readonly unitsPerMetre: number;
  /**
   * The overlay as seen from a feature; undefined where that has no geometry.
   * @param own scope for what is of no use to other features.
   */
  readonly from: (position: number, own: LastingScope) => Surroundings | undefined;
}

function planarView(
  { layer, features, overlay, overlayMoved }: ValidLayers,
  crs: string | undefined,
  geos: Geos,
  scope: LastingScope,
  context: RunContext,
): View {
  const { common, unitsPerMetre } = planesOnTheGround(layer, crs, geos, context);
  const planar = (valid: ValidLayers['features']) =>
    valid.map(({ feature: { geometry } }) => geometry && common!.forward(geometry));
  const held = new HeldLayer(storedLayer(planar(features), crs !== undefined), scope);
  const heldOverlay = new HeldLayer(storedLayer(planar(overlay), crs !== undefined || overlayMoved), scope);
  const from = (position: number) => {
    const operand = held.operand(position);
    return operand && planarSurroundings(operand, heldOverlay);
  };
  return { unitsPerMetre, from };
}

async function geographicView(
  { layer, overlayLayer, features, overlay }: ValidLayers,
  geos: Geos,
  scope: LastingScope,
  context: RunContext,
): Promise<View> {
  const own = await inCrs84(layer, features, context);
  const others = await inCrs84({ ...overlayLayer, crs: layer.crs }, overlay, context);
  const planes = planesOnTheGround(own, undefined, geos, context);
  const seen = new GeographicLayer(
    others.features.map(({ geometry }) => geometry),
    scope,
  );
  const from = (position: number, ownScope: LastingScope) => {
    const geometry = own.features[position]!.geometry;
    if (!geometry || isEmptyGeometry(geometry)) return undefined;
    return seen.seenFrom(geometry, planes.of(geometry, position, 0), ownScope);
  };
  return { unitsPerMetre: 1, from };
}

/** The checked features of a layer as a layer in CRS84. */
function inCrs84(layer: Layer, features: ValidLayers['features'], context: RunContext): Promise<Layer> {
  const checked: Layer = {
    ...layer,
    features: features.map(({ feature }) => feature),
    geometryPointer: (position) => layer.geometryPointer(features[position]!.index),
  };
  return layer.crs === 'EPSG:4326' ? Promise.resolve(checked) : layerInCrs(checked, Crs84, context);
}
