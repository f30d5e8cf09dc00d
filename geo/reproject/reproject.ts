import type { Geometry, Position } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { itemAt } from '../../core/shared/item-at.ts';
import { remarkOnMove } from '../crs/accuracy.ts';
import { type Crs, crs84, isWgs84, sameCrs } from '../crs/crs.ts';
import { findSeams } from '../crs/seams.ts';
import { moveBetweenCrs, tearsEdges, transformBetweenCrs } from '../crs/transformation.ts';
import { hasZ } from '../formats/wkb/wkb.ts';
import { crossesSeams, cutAtSeams, seamCrossing } from '../geodesy/cut-at-seams.ts';
import { mapPositions } from '../geometry/positions.ts';
import { loadGeos } from '../geos/geos.ts';
import { featureProgress } from '../layer/feature-progress.ts';
import { MAXIMUM_FAULTS } from '../layer/geometry-faults.ts';
import type { Layer, LayerContent, LayerFeature } from '../layer/layer.ts';
import { lazyGeometry, sharedGeometries, wkbAt } from '../layer/packed-geometries.ts';
import { estimateVertices, splitGeometries } from '../parallel/parts.ts';
import { shareWork } from '../parallel/share-work.ts';
import { moveGeometries } from './move-geometries.ts';

/** A geometry in the target CRS; undefined where one of its positions has no place there. */
export type Move = (geometry: Geometry) => Promise<Geometry | undefined>;

/**
 * Places what of a geometry can be placed, where some of its positions have no place in the target CRS.
 *
 * @returns null for nothing, undefined where the geometry is a fault
 */
export type PlaceRest = (
  geometry: Geometry,
  index: number,
  move: Move,
) => Promise<Geometry | null | undefined>;

/**
 * A layer with its coordinates in another CRS, vertex by vertex: edges stay straight between the moved vertices.
 * Heights are kept. Where the target is geographic, lines and areas that cross the antimeridian are cut there; where a map of the
 * globe ends or is interrupted, those with longitudes and latitudes are cut likewise.
 *
 * @param placeRest what is done with geometries that have no place in the CRS
 * @throws InvalidRequest with a pointer to each other geometry that has none
 */
export async function layerInCrs(
  layer: Layer,
  crs: Crs,
  context?: RunContext,
  placeRest?: PlaceRest,
): Promise<Layer> {
  if (sameCrs(layer.crs, crs)) return layer;
  const remark = remarkOnMove(layer.crs, crs);
  if (remark !== undefined) context?.warn(remark);
  const reportProgress = context
    ? featureProgress(context, layer.features.length, `Transforming to ${crs.name}`)
    : async () => {};
  const settled = context ? await movedTogether(layer, crs, context, reportProgress) : [];
  const how = { featurePointer: layer.geometryPointer, reportProgress, settled, placeRest };
  return { ...layer, crs, features: await moved(layer, crs, how) };
}

/**
 * The layer with its coordinates in CRS84, as GeoJSON must have them (RFC 7946), cut at the antimeridian.
 *
 * @throws InvalidRequest when a position has no longitude and latitude
 */
export async function inCrs84(layer: LayerContent): Promise<LayerContent> {
  if (isWgs84(layer.crs)) return layer;
  return {
    crs: crs84,
    features: await moved(layer, crs84, { featurePointer: () => '/inputs/features' }),
  };
}

/** A vertex takes so little time that a thread needs this many times as many as it needs in other work. */
const VERTICES_LIKE_ONE = 10;

/**
 * Moves the geometries without heights on all cores; a sparse array by the indexes of their features. Those that
 * have no place, and those that may have to be cut, are left to be looked at one by one.
 */
async function movedTogether(
  { features, crs: from }: Layer,
  to: Crs,
  context: RunContext,
  reportProgress: (done: number) => Promise<void>,
): Promise<readonly (Geometry | undefined)[]> {
  const settled: (Geometry | undefined)[] = new Array(features.length);
  if (!moveBetweenCrs(from, to)) return settled;
  // WKB holds a height for every position or none, and collections gain nothing.
  const flat = features.flatMap(({ geometry }, index) =>
    geometry && geometry.type !== 'GeometryCollection' && !hasZ(geometry) ? [index] : [],
  );
  const geometries = sharedGeometries(flat.map((index) => itemAt(features, index).geometry));
  const { starts, sizes } = splitGeometries(geometries);
  const vertices = estimateVertices(geometries) / VERTICES_LIKE_ONE;
  const results = await shareWork(
    moveGeometries,
    { geometries, starts, from, to },
    { context, sizes, vertices, reportProgress },
  );
  for (const [part, result] of results.entries()) {
    const unsettled = new Set(result.unsettled);
    for (let index = 0; index < itemAt(sizes, part); index++)
      if (!unsettled.has(index))
        settled[itemAt(flat, itemAt(starts, part) + index)] = lazyGeometry(wkbAt(result, index));
  }
  return settled;
}

interface Moving {
  readonly featurePointer: (index: number) => string;
  readonly reportProgress?: (done: number) => Promise<void>;
  /** Geometries that are there already, by the indexes of their features. */
  readonly settled?: readonly (Geometry | undefined)[];
  readonly placeRest?: PlaceRest | undefined;
}

async function moved(
  layer: LayerContent,
  crs: Crs,
  { featurePointer, reportProgress, settled = [], placeRest }: Moving,
): Promise<LayerFeature[]> {
  const move = mover(layer.crs, crs);
  const faults: Fault[] = [];
  const features: LayerFeature[] = [];
  let done = settled.filter(Boolean).length;
  for (const [index, feature] of layer.features.entries()) {
    const ready = settled[index];
    if (ready || feature.geometry === null) {
      features.push(ready ? { ...feature, geometry: ready } : feature);
      continue;
    }
    await reportProgress?.(done++);
    const { geometry, lost } = await move(feature.geometry);
    const placed = lost
      ? await placeRest?.(feature.geometry, index, async (part) => {
          const other = await move(part);
          return other.lost ? undefined : other.geometry;
        })
      : geometry;
    if (lost && placed === undefined) {
      const detail = `has the position ${JSON.stringify(lost)} in ${layer.crs.name}, which cannot be transformed to ${crs.name}.`;
      faults.push({ pointer: featurePointer(index), detail });
      if (faults.length === MAXIMUM_FAULTS) break;
      continue;
    }
    features.push({ ...feature, geometry: placed ?? null });
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
  return features;
}

function mover(from: Crs, to: Crs) {
  const position = transformBetweenCrs(from, to);
  const wraps = tearsEdges(from, to);
  const seams = from.isGeographic ? findSeams(to) : undefined;
  const crosses = seams && seamCrossing(seams, from);
  const cut = async (planar: Geometry, geographic: Geometry): Promise<Geometry> => {
    if (crosses && seams && crossesSeams(planar, crosses))
      return cutAtSeams(planar, from, to, seams, await loadGeos());
    if (!wraps || !jumps(geographic)) return geographic;
    // Only what crosses is moved again, with its longitudes running on; few layers have any.
    const { toGeographic } = await import('../geodesy/to-geographic.ts');
    const plane = { forward: transformBetweenCrs(to, from), inverse: position };
    return toGeographic(planar, plane, await loadGeos());
  };
  return async (
    geometry: Geometry,
  ): Promise<{ readonly geometry: Geometry; readonly lost?: Position | undefined }> => {
    let lost: Position | undefined;
    const placed = mapPositions(geometry, (each) => {
      const place = position(each);
      if (!Number.isFinite(place[0]) || !Number.isFinite(place[1])) lost ??= each;
      return place;
    });
    // What has no place cannot be cut either.
    return lost ? { geometry: placed, lost } : { geometry: await cut(geometry, placed) };
  };
}

/** True when an edge seems to go more than half around the globe: it crosses the antimeridian or a long way. */
export function jumps(geometry: Geometry): boolean {
  switch (geometry.type) {
    case 'Point':
    case 'MultiPoint':
      return false;
    case 'GeometryCollection':
      return geometry.geometries.some(jumps);
    case 'LineString':
      return lineJumps(geometry.coordinates);
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.some(lineJumps);
    case 'MultiPolygon':
      return geometry.coordinates.some((rings) => rings.some(lineJumps));
  }
}

const lineJumps = (line: readonly Position[]): boolean =>
  line.some(
    (position, index) => index > 0 && Math.abs((position[0] ?? 0) - (line[index - 1]?.[0] ?? 0)) > 180,
  );
