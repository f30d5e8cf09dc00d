import type { Feature, Geometry } from 'geojson';
import { isObject } from '../shared/json.ts';
import { makeRectangle } from '../shared/rectangle.ts';
import {
  MAXIMUM_DEPTH,
  type Operation,
  type Place,
  readPropertyName,
  type Tree,
  TreeError,
  twoArguments,
} from './cql2-tree.ts';
import { intersectsGeometry } from './intersects-geometry.ts';

/**
 * The test of `s_intersects` and `s_disjoint`: the geometry of features against a literal in longitudes and
 * latitudes. Features without a geometry meet nothing, and are disjoint from nothing.
 *
 * @param name under which the geometry is known. @throws TreeError
 */
export function spatialTest(operation: Operation, place: Place, name: string): (feature: Feature) => boolean {
  const { op } = operation;
  const literals = twoArguments(operation, place).flatMap(({ node, place: at }) => {
    const property = readPropertyName(node);
    if (property === undefined) return [parseGeometries(node, at)];
    if (property === name) return [];
    throw new TreeError(at, `"${property}" is not a geometry; features have one, named ${name}.`);
  });
  const [geometries] = literals;
  if (literals.length !== 1 || !geometries)
    throw new TreeError(place, `"${op}" compares the property ${name} to a geometry or bounding box.`);
  const tests = geometries.map(intersectsGeometry);
  const wanted = op === 's_intersects';
  return ({ geometry }) => geometry !== null && tests.some((meets) => meets(geometry)) === wanted;
}

/** A literal as geometries: a box across the antimeridian is two. */
function parseGeometries(node: Tree, place: Place, depth = 0): Geometry[] {
  if (isObject(node) && Array.isArray(node['bbox'])) return parseBbox(node['bbox'], place);
  const type = isObject(node) ? node['type'] : undefined;
  if (isObject(node) && type === 'GeometryCollection' && Array.isArray(node['geometries'])) {
    if (depth > MAXIMUM_DEPTH) throw new TreeError(place, 'geometry collections are nested too deeply.');
    return node['geometries'].flatMap((part) => parseGeometries(part, place, depth + 1));
  }
  if (isObject(node) && typeof type === 'string' && Object.hasOwn(depths, type)) {
    const around = depths[type as keyof typeof depths];
    if (isNested(node['coordinates'], around)) return [node as unknown as Geometry];
  }
  throw new TreeError(place, 'a geometry is expected, such as POINT(5 52), or BBOX(4, 50, 8, 54).');
}

const depths = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
} as const;

/** True for arrays in each other that have positions at a depth. */
function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth === 0) return value.length >= 2 && value.every(Number.isFinite);
  return value.length > 0 && value.every((item) => isNested(item, depth - 1));
}

function parseBbox(numbers: readonly unknown[], place: Place): Geometry[] {
  const count = numbers.length;
  if ((count !== 4 && count !== 6) || !numbers.every(Number.isFinite))
    throw new TreeError(place, 'a bounding box needs four or six numbers: west, south, east, north.');
  const [west, south] = numbers as [number, number];
  const [east, north] = numbers.slice(count / 2) as [number, number];
  if (south > north)
    throw new TreeError(
      place,
      'the bounding box has a southern bound that is greater than its northern bound.',
    );
  return west <= east
    ? [makeRectangle(west, south, east, north)]
    : [makeRectangle(west, south, 180, north), makeRectangle(-180, south, east, north)];
}
