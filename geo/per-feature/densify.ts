import type { Geometry, Position } from 'geojson';
import type { RunContext } from '../../core/run/context.ts';
import { ClassLimitExceeded } from '../../core/shared/errors.ts';
import { crs84 } from '../crs/crs.ts';
import { transformBetweenCrs } from '../crs/transformation.ts';
import { hasZ, WkbWriter } from '../formats/wkb/wkb.ts';
import { cutAtAntimeridian } from '../geodesy/antimeridian.ts';
import {
  alongDegrees,
  alongGeodesic,
  alongLongEdge,
  alongPlane,
  type Between,
  densified,
  type Pieces,
} from '../geodesy/densify.ts';
import { isLongEdge } from '../geodesy/straight-edge.ts';
import { geometryWithoutCut } from '../geodesy/without-cut.ts';
import { everywhere, type WorkingPlane } from '../geodesy/working-planes.ts';
import type { Geos } from '../geos/geos.ts';
import type { Layer } from '../layer/layer.ts';
import { lazyGeometry } from '../layer/packed-geometries.ts';
import { denseWkb } from './dense-wkb.ts';
import { positionMover } from './moved-position.ts';

/** How a geometry of a layer is densified. */
export type Densify = (geometry: Geometry, index: number) => Geometry;

/** How many times as many vertices a result may have as a layer. */
const FACTOR = 5;
/** An edge that is longer by rounding alone is not cut once more. */
const ROUNDING = 1e-9;

/**
 * Counts pieces of at most a length, and all vertices that are added by them.
 *
 * @throws LimitExceeded when the result becomes larger than a process of the class can hold
 */
export function makePieceCounter(maxLength: number, { limits: { vertices = Infinity } }: RunContext): Pieces {
  let left = vertices * FACTOR;
  return (length) => {
    const count = Math.max(1, Math.ceil(length / maxLength - ROUNDING));
    left -= count - 1;
    if (left >= 0) return count;
    throw new ClassLimitExceeded(
      '/inputs/maxLength',
      `More than ${vertices * FACTOR} vertices would be added, which is the limit of the process. Give a larger maximum length, or send the layer in parts.`,
    );
  };
}

/** In a plane, of whose units `pieces` counts. */
export function densifyInPlane(plane: WorkingPlane, pieces: Pieces): Densify {
  const between = alongPlane(pieces);
  const writer = new WkbWriter();
  const isSame = plane.keeps(everywhere);
  return (geometry) => {
    // What has many vertices need not become as many arrays. Heights, which run on evenly, do.
    if (isSame && hasEdges(geometry) && !hasZ(geometry))
      return lazyGeometry(denseWkb(writer.write(geometry), pieces));
    return plane.back(densified(plane.forward(geometry), between));
  };
}

const hasEdges = ({ type }: Geometry): boolean => type.endsWith('LineString') || type.endsWith('Polygon');

/** Straight between the longitudes and latitudes of a geographic layer. */
export function densifyDegrees(pieces: Pieces, geos: Geos): Densify {
  const between = alongDegrees(pieces);
  return (geometry) => cutAtAntimeridian(densified(geometry, between), geos);
}

/** Along geodesics. Vertices of projected layers are asked for their longitudes and latitudes, and stay where they are. */
export function densifyProjectedGeodesics(layer: Layer, pieces: Pieces): Densify {
  const placed = positionMover(layer, crs84);
  const inverse = transformBetweenCrs(crs84, layer.crs);
  return (geometry, index) =>
    densified(geometry, alongGeodesic(pieces, { forward: (position) => placed(position, index), inverse }));
}

const same = (position: Position): Position => position;

/**
 * Along the geodesics of a geographic layer; what was cut at the antimeridian is joined, and cut again where its geodesics cross. Edges of more than half a turn, which
 * are no geodesics, stay straight.
 */
export function densifyGeodesics(layer: Layer, pieces: Pieces, geos: Geos): Densify {
  const along = alongGeodesic(pieces, { forward: same, inverse: same });
  const between: Between = (from, to, positions) =>
    isLongEdge(from, to) ? alongLongEdge(pieces)(from, to, positions) : along(from, to, positions);
  return (geometry, index) =>
    cutAtAntimeridian(densified(geometryWithoutCut(geometry, index, layer, geos), between), geos);
}
