import type { Geometry, Point, Position } from 'geojson';
import { itemAt } from '../../core/shared/item-at.ts';
import { collectParts } from '../geodesy/antimeridian.ts';
import { geographicCentre } from '../geodesy/azimuthal-equidistant.ts';
import type { WorkingPlane } from '../geodesy/working-planes.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { eachPosition } from '../geometry/positions.ts';
import type { LastingScope } from '../geos/lasting-scope.ts';
import { computeBounds } from '../layer/layer.ts';
import { Operand } from '../overlay/operand.ts';
import { distanceToLine } from './distance-to-line.ts';
import { atLeast, grown } from './geographic-box.ts';
import { GlobeIndex } from './globe-index.ts';
import { type Breathe, type Distances, kthDistance, type Neighbourhood, shorten } from './k-nearest.ts';
import {
  type Area,
  type Edge,
  edgesNear,
  estimateDeviation,
  longestEdge,
  type Piece,
  splitIntoPieces,
} from './pieces.ts';

/** No two places are farther apart. */
const HALF_ROUND = 20_100_000;
/** Metres by which boxes and bounds are widened, far more than their numbers are rounded. */
const ROUNDING = 1;

/**
 * A layer by longitude and latitude, for distances in the planes about other features. Only the edges near to a
 * feature are moved to its plane. Whether it lies inside an area is asked on the map, where the answer is the
 * same as in the plane unless an edge is near: then the area is moved as a whole.
 */
export class GeographicLayer {
  readonly #pieces: GlobeIndex<Piece>;
  readonly #areas: GlobeIndex<Area>;
  /** Areas on the map. */
  readonly #onMap = new Map<Area, Operand>();
  readonly #scope: LastingScope;

  /** @param geometries in longitudes and latitudes of CRS84, without long edges. */
  constructor(geometries: readonly (Geometry | null)[], scope: LastingScope) {
    const { pieces, areas } = splitIntoPieces(geometries);
    this.#pieces = new GlobeIndex(pieces);
    this.#areas = new GlobeIndex(areas);
    this.#scope = scope;
  }

  /**
   * The layer as seen from a feature in its own plane; distances are metres.
   *
   * @param plane of the feature, about its centre.
   * @param scope for what is moved to that plane.
   */
  seenFrom(geometry: Geometry, plane: WorkingPlane, scope: LastingScope): Neighbourhood {
    const own = geographicCentre(geometry);
    if (!own) throw new Error('The geometry has no position');
    const { longitude, latitude } = own;
    const middle = [longitude, latitude];
    const centre: Bounds = [longitude, latitude, longitude, latitude];
    const planar = makeOperand(plane.forward(geometry), scope);
    const radius = computeRadius(planar.geometry);
    const known = new Map<Piece, number>();
    const measured = (piece: Piece): number => {
      const distance = known.get(piece) ?? measurePiece(piece, planar, radius, plane, scope);
      known.set(piece, distance);
      return distance;
    };
    return {
      seeds: (count) => {
        const distances: Distances = new Map();
        for (const piece of this.#nearPieces(longitude, latitude, count))
          shorten(distances, piece.position, measured(piece));
        return distances;
      },
      within: async (distance, count, breathe) => {
        const distances: Distances = new Map();
        for (const area of await this.#around(geometry, planar, plane, scope, breathe))
          distances.set(area.position, 0);
        const reach = Math.min(radius + distance + ROUNDING, HALF_ROUND);
        const candidates = this.#pieces
          .search(grown(centre, reach))
          .map((piece) => ({
            piece,
            least: atLeast(middle, piece.middle) - piece.radius - radius - ROUNDING,
          }))
          .sort((one, other) => one.least - other.least);
        let bound = Math.min(distance, kthDistance(distances, count));
        for (const { piece, least } of candidates) {
          if (least > bound) break;
          if (distances.get(piece.position) === 0) continue;
          await breathe();
          const found = measured(piece);
          shorten(distances, piece.position, found);
          if (found < bound) bound = Math.min(bound, kthDistance(distances, count));
        }
        return distances;
      },
    };
  }

  /** Pieces of as many features as are wanted, near a place. */
  #nearPieces(longitude: number, latitude: number, features: number): Piece[] {
    let wanted = features;
    for (;;) {
      const pieces = this.#pieces.neighbours(longitude, latitude, wanted);
      const found = new Set(pieces.map(({ position }) => position)).size;
      if (found >= features || wanted >= this.#pieces.size) return pieces;
      wanted *= 4;
    }
  }

  /** Areas that have a part of the feature inside; those whose edges it crosses may be missing. */
  async #around(
    geometry: Geometry,
    planar: Operand,
    plane: WorkingPlane,
    scope: LastingScope,
    breathe: Breathe,
  ): Promise<Area[]> {
    const around = new Set<Area>();
    for (const place of pickPositions(geometry)) {
      const [x = 0, y = 0] = place;
      const here: Bounds = [x, y, x, y];
      const areas = this.#areas.search(here).filter((area) => !around.has(area));
      if (areas.length === 0) continue;
      const planarPlace = positionIn(plane, place);
      const isTwisted = (edge: Edge): boolean => {
        const ends = edge.map((end) => positionIn(plane, end));
        return distanceToLine(planarPlace, ends) <= estimateDeviation(edge);
      };
      const close = this.#pieces
        .search(here)
        .filter((piece) => piece.area && edgesNear(place, piece).some(isTwisted));
      const ambiguous = new Set(close.map(({ area }) => area));
      for (const area of areas) {
        await breathe();
        const inside =
          area.jumps || ambiguous.has(area)
            ? planar.distanceTo(makeOperand(plane.forward(makePolygon(area)), scope)) === 0
            : this.#isOnMap(area, place);
        if (inside) around.add(area);
      }
    }
    return [...around];
  }

  #isOnMap(area: Area, [x = 0, y = 0]: Position): boolean {
    const operand = this.#onMap.get(area) ?? makeOperand(makePolygon(area), this.#scope);
    this.#onMap.set(area, operand);
    return [-360, 0, 360].some((turn) => operand.meetsPosition(x + turn, y));
  }
}

const makePolygon = ({ rings }: Area): Geometry => ({ type: 'Polygon', coordinates: [...rings] });

const geometryFromPiece = ({ line }: Piece): Geometry =>
  line.length === 1
    ? { type: 'Point', coordinates: itemAt(line, 0) }
    : { type: 'LineString', coordinates: [...line] };

function makeOperand(geometry: Geometry, scope: LastingScope): Operand {
  const bounds = computeBounds([geometry]);
  if (!bounds) throw new Error('The geometry has no position');
  return new Operand(geometry, bounds, scope, false);
}

const positionIn = (plane: WorkingPlane, place: Position): Position =>
  (plane.forward({ type: 'Point', coordinates: place }) as Point).coordinates;

/** A place of each part of a geometry. */
function pickPositions(geometry: Geometry): Position[] {
  const { points, lines, polygons } = collectParts(geometry);
  const first = [...lines, ...polygons.map(([exterior = []]) => exterior)].flatMap((line) =>
    line.slice(0, 1),
  );
  return [...points, ...first];
}

/**
 * Metres from the centre beyond which the plane is stretched so much, without end at the antipode, that an edge between two places
 * on either side of the antipode leads over the centre.
 */
const FAR = 10_000_000;

/** Distance in the plane; far away no less than the one to the nearest end of an edge leaves possible. */
function measurePiece(
  piece: Piece,
  planar: Operand,
  radius: number,
  plane: WorkingPlane,
  scope: LastingScope,
): number {
  const moved = plane.forward(geometryFromPiece(piece));
  const distance = measureDistance(planar, moved, scope);
  let nearest = Infinity;
  eachPosition(moved, ([x = 0, y = 0]) => {
    nearest = Math.min(nearest, Math.hypot(x, y));
  });
  return nearest < FAR ? distance : Math.max(distance, nearest - longestEdge(piece.line) / 2 - radius);
}

/** Distance in the plane; that of points needs no GEOS. */
function measureDistance(from: Operand, to: Geometry, scope: LastingScope): number {
  const { geometry } = from;
  if (geometry.type === 'Point' && (to.type === 'Point' || to.type === 'LineString')) {
    const line = to.type === 'Point' ? [to.coordinates] : to.coordinates;
    return distanceToLine(geometry.coordinates, line);
  }
  return from.distanceTo(makeOperand(to, scope));
}

function computeRadius(planar: Geometry): number {
  let radius = 0;
  eachPosition(planar, ([x = 0, y = 0]) => {
    radius = Math.max(radius, Math.hypot(x, y));
  });
  return radius;
}
