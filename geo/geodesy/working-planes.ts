import type { Geometry } from 'geojson';
import type { CrsInput } from '../../core/run/bounding-box.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { type Crs, crs84, isWgs84, sameCrs } from '../crs/crs.ts';
import { parseCrs } from '../crs/find-crs.ts';
import { findSeams, type Seams } from '../crs/seams.ts';
import { transformBetweenCrs } from '../crs/transformation.ts';
import type { Transform } from '../crs/transformer.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { eachPosition, mapPositions } from '../geometry/positions.ts';
import type { Geos } from '../geos/geos.ts';
import { computeBounds, type Layer } from '../layer/layer.ts';
import { joinedAcross, lieAcrossAntimeridian } from './across-antimeridian.ts';
import { collectParts, cutAtAntimeridian } from './antimeridian.ts';
import { azimuthalEquidistant, geographicCentre } from './azimuthal-equidistant.ts';
import { crossesSeams, cutAtSeams, seamCrossing } from './cut-at-seams.ts';
import { goesRoundGlobe } from './long-edges.ts';
import type { Plane } from './plane.ts';
import { splitEdgesOf } from './split-edges.ts';
import { toGeographic } from './to-geographic.ts';
import { membersWithoutCut } from './without-cut.ts';

/** The plane in which one feature, or all of a layer, is worked on. */
export interface WorkingPlane {
  forward(geometry: Geometry): Geometry;
  /** Back to the CRS of the layer; where that is geographic, cut at the antimeridian. */
  back(geometry: Geometry): Geometry;
  /** True where geometries of the plane within the bounds are the same in the CRS of the layer. */
  keeps(bounds: Bounds): boolean;
  /** The geometry as it goes into the plane: in one piece where it was cut at the antimeridian and the plane runs on there. */
  entering(geometry: Geometry): Geometry;
}

/** The plane of a whole layer. */
export interface LayerPlane extends WorkingPlane {
  /** True where its coordinates are the longitudes and latitudes of the layer, which end at the antimeridian. */
  readonly endsAtAntimeridian: boolean;
  /**
   * The plane for work on some geometries of the layer together. In longitudes and latitudes, those that lie on one half of the
   * globe that the antimeridian runs through have longitudes from 0 to 360 there.
   */
  around(geometries: Iterable<Geometry | null>): WorkingPlane;
}

/** What planes need of a layer. */
export type PlacedLayer = Pick<Layer, 'crs' | 'geometryPointer'>;

/** Bounds of geometries that may lie anywhere. */
export const everywhere: Bounds = [-Infinity, -Infinity, Infinity, Infinity];

export interface WorkingPlanes {
  /** Units of the plane in one metre on the ground. */
  readonly unitsPerMetre: number;
  /** The plane that all features share; undefined where each has its own. */
  readonly common: WorkingPlane | undefined;
  /**
   * The plane of one feature.
   * @param reach metres by which the work may go beyond the geometry.
   * @param edges in a plane about the feature, metres by which edges may be off those of the map, from 1 on: longer edges get more
   * vertices. Without it, all have the vertices that they have.
   * @throws InvalidInput when the feature is too large for a plane of its own
   */
  of(geometry: Geometry, index: number, reach: number, edges?: EdgesOff): WorkingPlane;
}

/** How closely edges of the map are followed. */
export interface EdgesOff {
  readonly metres: number;
  /** How many times as long pieces of edges are as they should be; see `lengthening`. */
  readonly longer: number;
}

/** Kilometres from the centre beyond which a plane of its own is 0.4 % off, and beyond which it is refused. */
const WARNING_KILOMETRES = 1000;
const LIMIT_KILOMETRES = 5000;

/**
 * Planes for work with lengths on the ground: in `crs` where it is given, else in the layer's own CRS if that is
 * projected, else in an azimuthal equidistant projection about each feature.
 *
 * @param crs must be projected. @throws InvalidInput
 */
export function planesOnTheGround(
  layer: PlacedLayer,
  crs: CrsInput | undefined,
  geos: Geos,
  context: Pick<RunContext, 'warn'>,
): WorkingPlanes {
  const wanted = crs === undefined ? layer.crs : parseCrs(crs, '/inputs/crs');
  if (crs !== undefined && wanted.isGeographic) {
    throw new InvalidInput(
      '/inputs/crs',
      `must be a projected CRS, but ${wanted.name} is geographic: its unit is the degree.`,
    );
  }
  if (!wanted.isGeographic) {
    const common = commonPlane(layer, wanted, geos);
    return { unitsPerMetre: 1 / wanted.metresPerUnit, common, of: () => common };
  }
  return planePerFeature(layer, geos, context);
}

/** The plane for work without lengths: that of `crs`, else the layer's own coordinates. @throws InvalidInput */
export function planeForLayer(layer: Pick<Layer, 'crs'>, crs: CrsInput | undefined, geos: Geos): LayerPlane {
  return commonPlane(layer, crs === undefined ? layer.crs : parseCrs(crs, '/inputs/crs'), geos);
}

function commonPlane(layer: Pick<Layer, 'crs'>, crs: Crs, geos: Geos): LayerPlane {
  const { isGeographic } = layer.crs;
  if (sameCrs(crs, layer.crs)) {
    const same: WorkingPlane = {
      forward: (geometry) => geometry,
      entering: (geometry) => geometry,
      back: (geometry) => (isGeographic ? cutAtAntimeridian(geometry, geos) : geometry),
      keeps: ([west, , east]) => !isGeographic || (west >= -180 && east <= 180),
    };
    const join = (geometry: Geometry) => joinedAcross(geometry, geos);
    const across: WorkingPlane = { ...same, forward: join, entering: join };
    const around = (geometries: Iterable<Geometry | null>) =>
      isGeographic && lieAcrossAntimeridian(geometries) ? across : same;
    return { ...same, around, endsAtAntimeridian: isGeographic };
  }
  const transform = transformBetweenCrs(layer.crs, crs);
  const forward = checked(
    transform,
    (position) => `The position ${position} of the layer cannot be transformed to ${crs.name}.`,
  );
  // The pole, which need not have a place in the plane, is asked for as well: only the way back is checked.
  const plane: Plane = {
    forward: transform,
    inverse: checked(
      transformBetweenCrs(crs, layer.crs),
      (position) =>
        `has a result that reaches ${position} in ${crs.name}, which cannot be transformed to ${layer.crs.name}.`,
    ),
  };
  const entering = (geometry: Geometry) =>
    isGeographic && !crs.isGeographic && lieAcrossAntimeridian([geometry]) && runsOn(geometry, transform)
      ? joinedAcross(geometry, geos)
      : geometry;
  const seams = isGeographic ? findSeams(crs) : undefined;
  const crosses = seams && seamCrossing(seams, layer.crs);
  const ontoMap = (geometry: Geometry): Geometry => {
    if (!crosses || !crossesSeams(geometry, crosses)) return mapPositions(geometry, forward);
    const cut = cutAtSeams(geometry, layer.crs, crs, seams, geos);
    if (countParts(cut) > countParts(geometry)) throw outOfMap(crs, seams);
    return cut;
  };
  const moved: WorkingPlane = {
    forward: (geometry) => ontoMap(entering(geometry)),
    entering,
    back: (geometry) =>
      isGeographic ? toGeographic(geometry, plane, geos) : mapPositions(geometry, plane.inverse),
    keeps: () => false,
  };
  return { ...moved, around: () => moved, endsAtAntimeridian: false };
}

const countParts = (geometry: Geometry): number => {
  const { points, lines, polygons } = collectParts(geometry);
  return points.length + lines.length + polygons.length;
};

/** What lies on both ends of a map is torn there, and so would be the work on it. */
function outOfMap(crs: Crs, { centralMeridian, interruptions }: Seams): InvalidInput {
  const end = centralMeridian + 180 - 360 * Math.ceil(centralMeridian / 360);
  const where = interruptions
    ? 'is interrupted'
    : `ends at the meridian of ${Number(end.toFixed(6))} degrees`;
  return new InvalidInput(
    '/inputs/crs',
    `names ${crs.name}, a projection that ${where}, which a feature crosses. Give a CRS in which the feature is in one piece.`,
  );
}

/** Share of the size of coordinates by which both sides of the antimeridian may differ by rounding. */
const ROUNDING = 1e-9;

/** Whether both sides of the antimeridian are the same line of the plane at the latitudes of a geometry. */
function runsOn(geometry: Geometry, transform: Transform): boolean {
  const [, south = 0, , north = 0] = computeBounds([geometry]) ?? [];
  return [south, north].every((latitude) => {
    const [[east = 0, y = 0], [west = 0, otherY = 0]] = [
      transform([180, latitude]),
      transform([-180, latitude]),
    ];
    return Math.hypot(east - west, y - otherY) <= ROUNDING * Math.max(1, Math.hypot(east, y));
  });
}

/** The transformation, refusing positions that have no place in its target. */
function checked(transform: Transform, detail: (position: string) => string): Transform {
  return (position) => {
    const moved = transform(position);
    if (moved.every(Number.isFinite)) return moved;
    throw new InvalidInput('/inputs/crs', detail(JSON.stringify(position)));
  };
}

function planePerFeature(layer: PlacedLayer, geos: Geos, context: Pick<RunContext, 'warn'>): WorkingPlanes {
  const same = (geometry: Geometry) => geometry;
  const toCrs84 = isWgs84(layer.crs) ? same : moving(layer.crs, crs84);
  const fromCrs84 = isWgs84(layer.crs) ? same : moving(crs84, layer.crs);
  let warned = false;
  const of = (geometry: Geometry, index: number, reach: number, edges?: EdgesOff): WorkingPlane => {
    const placed = toCrs84(geometry);
    const entering = (part: Geometry) => membersWithoutCut(part, geos);
    const joined = entering(placed);
    const split = splitEdgesOf(joined, edges?.metres ?? Infinity, edges?.longer);
    const geographic = edges ? split : joined;
    // The middle of an edge may be where its ends are not.
    const centre = geographicCentre(split);
    if (!centre) return { forward: same, entering: same, back: same, keeps: () => true };
    if (goesRoundGlobe(placed))
      throw new InvalidInput(
        layer.geometryPointer(index),
        `has an edge that spans more than half of the globe: give a ${suitingCrs(placed)}. If the edge is meant to cross the antimeridian, cut it there, or use longitudes beyond 180 degrees.`,
      );
    const plane = azimuthalEquidistant(centre);
    const projected = mapPositions(geographic, plane.forward);
    const kilometres = (computeRadius(projected) + Math.max(0, reach)) / 1000;
    if (kilometres > LIMIT_KILOMETRES) {
      throw new InvalidInput(
        layer.geometryPointer(index),
        `reaches ${Math.round(kilometres)} km from its centre; beyond ${LIMIT_KILOMETRES} km, give a projected "crs" that suits it.`,
      );
    }
    if (kilometres > WARNING_KILOMETRES && !warned) {
      warned = true;
      context.warn(
        'Some features extend more than 1000 km from their centres: distances may be off by 0.4 % or more. For more accurate distances, give a projected "crs" that suits them.',
        {
          first: layer.geometryPointer(index),
        },
      );
    }
    const onPole = (pole: string): never => {
      throw new InvalidInput(
        layer.geometryPointer(index),
        `has a result that contains the ${pole} pole. Give a polar "crs" such as ${pole === 'North' ? 'EPSG:3995' : 'EPSG:3031'}.`,
      );
    };
    return {
      forward: (part) =>
        part === geometry ? projected : mapPositions(entering(toCrs84(part)), plane.forward),
      entering: (part) => (part === geometry ? fromCrs84(geographic) : fromCrs84(entering(toCrs84(part)))),
      back: (result) => fromCrs84(toGeographic(result, plane, geos, { onPole })),
      keeps: () => false,
    };
  };
  return { unitsPerMetre: 1, common: undefined, of };
}

/** Degrees of latitude beyond which a polar projection suits what goes round the globe. */
const POLAR = 60;

function suitingCrs(geometry: Geometry): string {
  const [, south = 0, , north = 0] = computeBounds([geometry]) ?? [];
  if (south >= POLAR) return 'polar "crs" such as EPSG:3995';
  if (north <= -POLAR) return 'polar "crs" such as EPSG:3031';
  return 'projected "crs" that suits it';
}

function moving(from: Crs, to: Crs): (geometry: Geometry) => Geometry {
  const transform = transformBetweenCrs(from, to);
  return (geometry) => mapPositions(geometry, transform);
}

/** Largest distance of a vertex from the centre of the plane, in metres. */
function computeRadius(projected: Geometry): number {
  let radius = 0;
  eachPosition(projected, ([x = 0, y = 0]) => {
    radius = Math.max(radius, Math.hypot(x, y));
  });
  return radius;
}
