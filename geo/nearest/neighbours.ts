import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { crs84, isWgs84 } from '../crs/crs.ts';
import { planesOnTheGround } from '../geodesy/working-planes.ts';
import { mapPositions } from '../geometry/positions.ts';
import { loadGeos } from '../geos/geos.ts';
import type { IndexedFeature } from '../geos/valid-features.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { computeBounds, type Layer } from '../layer/layer.ts';
import { ResultBudget } from '../layer/result-budget.ts';
import { splitLayer } from '../overlay/split-layer.ts';
import { indexed, type StoredLayer, storedLayer } from '../overlay/stored-layer.ts';
import type { ValidLayers } from '../overlay/two-layers.ts';
import { estimateVertices } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { layerInCrs } from '../reproject/reproject.ts';
import { findNeighbours } from './find-neighbours.ts';
import type { Neighbour } from './k-nearest.ts';

export interface NeighbourOptions {
  /** Projected working CRS. */
  readonly crs: CrsInput | undefined;
  readonly count: number;
  /** Metres up to which features are neighbours. */
  readonly most: number;
}

/**
 * The nearest overlay features of each feature, distances in metres: on a geographic layer along
 * geodesics of the WGS 84 ellipsoid, else in the plane of `crs` or of the layer.
 *
 * @returns the neighbours of each feature, nearest first; none where it has no geometry.
 * @throws InvalidRequest, LimitExceeded
 */
export async function findLayerNeighbours(
  layers: ValidLayers,
  { crs, count, most }: NeighbourOptions,
  context: RunContext,
): Promise<Neighbour[][]> {
  const { layer, features } = layers;
  const isGeographic = crs === undefined && layer.crs.isGeographic;
  const view = isGeographic ? await geographicView(layers, context) : await planarView(layers, crs, context);
  const { unitsPerMetre, ...stored } = view;
  const parts = splitLayer(stored.features);
  const budget = new ResultBudget(context);
  const results = await shareWork(
    findNeighbours,
    { ...stored, count, most: most * unitsPerMetre, parts },
    {
      context,
      sizes: parts.map((positions) => positions.length),
      vertices: estimateVertices(stored.features.geometries) + estimateVertices(stored.overlay.geometries),
      reportProgress: featureProgress(context, features.length, 'Finding neighbours'),
      pointers: [(position) => layer.geometryPointer(itemAt(features, position).index)],
      visit: ({ positions, vertices }) => budget.count(positions.length, vertices),
    },
  );
  const found: Neighbour[][] = features.map(() => []);
  for (const [part, { counts, positions, distances }] of results.entries()) {
    let next = 0;
    for (const [index, own] of counts.entries()) {
      const neighbours = itemAt(found, itemAt(itemAt(parts, part), index));
      for (const end = next + own; next < end; next++)
        neighbours.push({
          position: itemAt(positions, next),
          distance: itemAt(distances, next) / unitsPerMetre,
        });
    }
  }
  return found;
}

/** Both layers where distances are measured. */
interface View {
  readonly unitsPerMetre: number;
  readonly isGeographic: boolean;
  readonly features: StoredLayer;
  readonly overlay: StoredLayer;
}

async function planarView(
  { layer, features, overlay, overlayMoved }: ValidLayers,
  crs: CrsInput | undefined,
  context: RunContext,
): Promise<View> {
  const { common, unitsPerMetre } = planesOnTheGround(layer, crs, await loadGeos(), context);
  if (!common) throw new Error('The plane of the whole layer is missing');
  const planar = (valid: ValidLayers['features']) =>
    valid.map(({ feature: { geometry } }) => geometry && common.forward(geometry));
  return {
    unitsPerMetre,
    isGeographic: false,
    features: storedLayer(planar(features), crs !== undefined),
    overlay: indexed(storedLayer(planar(overlay), crs !== undefined || overlayMoved)),
  };
}

async function geographicView(
  { layer, overlayLayer, features, overlay }: ValidLayers,
  context: RunContext,
): Promise<View> {
  const drawn = isWgs84(layer.crs) && isWgs84(overlayLayer.crs);
  const own = await inCrs84(layer, drawn ? asDrawn(features, layer) : features, context);
  const others = await inCrs84(
    { ...overlayLayer, crs: layer.crs },
    drawn ? asDrawn(overlay, overlayLayer) : overlay,
    context,
  );
  return {
    unitsPerMetre: 1,
    isGeographic: true,
    features: storedLayer(listGeometries(own), false),
    overlay: storedLayer(listGeometries(others), false),
  };
}

/**
 * Features with the geometries that reading has cut at the antimeridian as they were drawn: their edges are other geodesics than the
 * pieces. What was repaired stays as it is.
 */
const asDrawn = (
  features: readonly IndexedFeature[],
  { features: read, uncut, degenerate }: Layer,
): readonly IndexedFeature[] =>
  features.map((held) => {
    const { feature, index } = held;
    const geometry = degenerate?.has(index) ? undefined : uncut?.get(index);
    if (!geometry || feature.geometry !== read[index]?.geometry) return held;
    const [west = 0] = computeBounds([geometry]) ?? [];
    const turn = 360 * Math.floor((west + 180) / 360);
    return {
      index,
      feature: { ...feature, geometry: mapPositions(geometry, ([x = 0, ...rest]) => [x - turn, ...rest]) },
    };
  });

const listGeometries = ({ features }: Layer): (Geometry | null)[] => features.map(({ geometry }) => geometry);

/** The checked features of a layer as a layer in CRS84. */
function inCrs84(layer: Layer, features: ValidLayers['features'], context: RunContext): Promise<Layer> {
  const checked: Layer = {
    ...layer,
    features: features.map(({ feature }) => feature),
    geometryPointer: (position) => layer.geometryPointer(itemAt(features, position).index),
  };
  return isWgs84(layer.crs) ? Promise.resolve(checked) : layerInCrs(checked, crs84, context);
}
