import type { Geometry, Position } from 'geojson';
import { collectParts } from '../geodesy/antimeridian.ts';
import type { Bounds } from '../geometry/bounds.ts';
import type { LastingScope } from '../geos/lasting-scope.ts';
import { computeBounds } from '../layer/layer.ts';
import { Operand } from '../overlay/operand.ts';
import { findClosest } from './closest.ts';
import { EdgeTree } from './edge-tree.ts';
import { GlobeIndex } from './globe-index.ts';
import type { Breathe, Neighbour } from './k-nearest.ts';
import { NearestFound } from './nearest-found.ts';

/** A polygon of a feature, or a place of one of its parts. */
interface Placed {
  /** Of the feature in its layer. */
  readonly position: number;
  /** Longitudes with their west in [-180, 180). */
  readonly box: Bounds;
}

interface Area extends Placed {
  readonly rings: readonly Position[][];
}

const TURNS = [-360, 0, 360];

/**
 * A layer by longitude and latitude, for distances along geodesics of the WGS 84 ellipsoid. Whether something lies inside an area is
 * asked on the map, where edges are straight in longitudes and latitudes.
 */
export class GeographicLayer {
  readonly #edges: EdgeTree;
  readonly #areas: GlobeIndex<Area>;
  readonly #geometries: readonly (Geometry | null)[];
  /** Made when there is an area in which they may lie. */
  #places: GlobeIndex<Placed> | undefined;
  /** Areas on the map. */
  readonly #onMap = new Map<Area, Operand>();
  readonly #scope: LastingScope;

  /** @param geometries in longitudes and latitudes of CRS84, without long edges. */
  constructor(geometries: readonly (Geometry | null)[], scope: LastingScope) {
    this.#geometries = geometries;
    this.#edges = new EdgeTree(geometries);
    this.#areas = new GlobeIndex(each(geometries, areasOf));
    this.#scope = scope;
  }

  /**
   * The features nearest to a geometry, nearest first, ties by position; distances are metres.
   *
   * @param geometry in longitudes and latitudes of CRS84, without long edges
   * @param count of features that are wanted
   * @param most metres up to which they are
   * @param scope for what is of no use to others
   */
  async nearest(
    geometry: Geometry,
    count: number,
    most: number,
    scope: LastingScope,
    breathe: Breathe,
  ): Promise<readonly Neighbour[]> {
    const found = new NearestFound(count, most);
    for (const place of this.#areas.size > 0 ? pickPositions(geometry) : [])
      for (const area of this.#areas.search(boxAt(place))) {
        await breathe();
        if (found.matters(area.position, 0) && meets(this.#areaOnMap(area), place))
          found.take(area.position, 0);
      }
    for (const area of areasOf(geometry, 0)) {
      this.#places ??= new GlobeIndex(each(this.#geometries, placesOf));
      const operand = makeOperand(area, scope);
      for (const { position, box } of this.#places.search(area.box)) {
        await breathe();
        if (found.matters(position, 0) && meets(operand, box)) found.take(position, 0);
      }
    }
    await findClosest(new EdgeTree([geometry]), this.#edges, found, breathe);
    return found.neighbours;
  }

  #areaOnMap(area: Area): Operand {
    const operand = this.#onMap.get(area) ?? makeOperand(area, this.#scope);
    this.#onMap.set(area, operand);
    return operand;
  }
}

/** What is made of the geometries of a layer. */
const each = <T>(
  geometries: readonly (Geometry | null)[],
  make: (geometry: Geometry, position: number) => T[],
): T[] => geometries.flatMap((geometry, position) => (geometry ? make(geometry, position) : []));

const placesOf = (geometry: Geometry, position: number): Placed[] =>
  pickPositions(geometry).map((place) => ({ position, box: boxAt(place) }));

/** Whether an area on the map has a place, whose longitude may be counted from elsewhere. */
const meets = (area: Operand, [x = 0, y = 0]: readonly number[]): boolean =>
  TURNS.some((turn) => area.meetsPosition(x + turn, y));

function makeOperand({ rings }: Area, scope: LastingScope): Operand {
  const polygon: Geometry = { type: 'Polygon', coordinates: [...rings] };
  const bounds = computeBounds([polygon]);
  if (!bounds) throw new Error('The geometry has no position');
  return new Operand(polygon, bounds, scope, false);
}

const areasOf = (geometry: Geometry, position: number): Area[] =>
  collectParts(geometry).polygons.flatMap((rings): Area[] => {
    const box = computeBounds([{ type: 'LineString', coordinates: rings[0] ?? [] }]);
    return box ? [{ position, rings, box: wrapLongitudes(box) }] : [];
  });

/** The same box with its west in [-180, 180). */
function wrapLongitudes([west, south, east, north]: Bounds): Bounds {
  const turn = 360 * Math.floor((west + 180) / 360);
  return [west - turn, south, east - turn, north];
}

const boxAt = ([x = 0, y = 0]: Position): Bounds => wrapLongitudes([x, y, x, y]);

/** A place of each part of a geometry. */
function pickPositions(geometry: Geometry): Position[] {
  const { points, lines, polygons } = collectParts(geometry);
  const first = [...lines, ...polygons.map(([exterior = []]) => exterior)].flatMap((line) =>
    line.slice(0, 1),
  );
  return [...points, ...first];
}
