import type { Geometry, Position } from 'geojson';

/** Points, edges and areas of a geometry; rings are edges too. */
interface Shapes {
  readonly points: Position[];
  readonly edges: (readonly [Position, Position])[];
  readonly areas: Position[][][];
}

/**
 * Whether two geometries have a point in common, on the map as a plane. Simple and in time that grows with the
 * product of their edges: filters are evaluated where no engine is at hand.
 *
 * @returns the test against the one geometry.
 */
export function intersectsGeometry(one: Geometry): (other: Geometry) => boolean {
  const shapes = collectShapes(one);
  const box = computeBox(shapes);
  return (geometry) => {
    const other = collectShapes(geometry);
    return boxesMeet(box, computeBox(other)) && shapesMeet(shapes, other);
  };
}

function shapesMeet(one: Shapes, other: Shapes): boolean {
  const ends = ({ points, edges }: Shapes): readonly Position[] =>
    edges.length > 0 ? [...points, ...edges.map(([start]) => start)] : points;
  return (
    one.points.some((point) => other.points.some(([x, y]) => point[0] === x && point[1] === y)) ||
    one.points.some((point) => other.edges.some((edge) => isOn(point, edge))) ||
    other.points.some((point) => one.edges.some((edge) => isOn(point, edge))) ||
    one.edges.some((edge) => other.edges.some((another) => edgesMeet(edge, another))) ||
    // Nothing crosses: each part of the one lies wholly inside the other, or wholly outside.
    other.areas.some((area) => ends(one).some((point) => isInside(point, area))) ||
    one.areas.some((area) => ends(other).some((point) => isInside(point, area)))
  );
}

function collectShapes(geometry: Geometry, shapes: Shapes = { points: [], edges: [], areas: [] }): Shapes {
  const line = (positions: readonly Position[]) => {
    let start: Position | undefined;
    for (const position of positions) {
      if (start) shapes.edges.push([start, position]);
      start = position;
    }
  };
  const area = (rings: Position[][]) => {
    shapes.areas.push(rings);
    for (const ring of rings) line(ring);
  };
  switch (geometry.type) {
    case 'Point':
      if (geometry.coordinates.length > 0) shapes.points.push(geometry.coordinates);
      break;
    case 'MultiPoint':
      // Not by spreading: a call takes some ten thousand arguments.
      for (const position of geometry.coordinates) shapes.points.push(position);
      break;
    case 'LineString':
      line(geometry.coordinates);
      break;
    case 'MultiLineString':
      for (const positions of geometry.coordinates) line(positions);
      break;
    case 'Polygon':
      area(geometry.coordinates);
      break;
    case 'MultiPolygon':
      for (const rings of geometry.coordinates) area(rings);
      break;
    case 'GeometryCollection':
      for (const part of geometry.geometries) collectShapes(part, shapes);
  }
  return shapes;
}

type Box = [west: number, south: number, east: number, north: number];

function computeBox({ points, edges }: Shapes): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  const add = ([x = 0, y = 0]: Position) => {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  };
  for (const point of points) add(point);
  for (const [start, end] of edges) {
    add(start);
    add(end);
  }
  return box;
}

const boxesMeet = (one: Box, other: Box): boolean =>
  one[0] <= other[2] && one[2] >= other[0] && one[1] <= other[3] && one[3] >= other[1];

/** Positive where c lies to the left of the way from a to b, 0 where it lies on it. */
const side = ([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));

const isBetween = ([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [x = 0, y = 0]: Position) =>
  Math.min(ax, bx) <= x && x <= Math.max(ax, bx) && Math.min(ay, by) <= y && y <= Math.max(ay, by);

const isOn = (point: Position, [start, end]: readonly [Position, Position]): boolean =>
  isBetween(start, end, point) && side(start, end, point) === 0;

function edgesMeet([a, b]: readonly [Position, Position], [c, d]: readonly [Position, Position]): boolean {
  const [ofC, ofD, ofA, ofB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (ofC * ofD < 0 && ofA * ofB < 0) return true;
  return isOn(c, [a, b]) || isOn(d, [a, b]) || isOn(a, [c, d]) || isOn(b, [c, d]);
}

/** By the number of edges to the right of the point, holes included. */
function isInside([x = 0, y = 0]: Position, rings: readonly Position[][]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let index = 1; index < ring.length; index++) {
      const [ax, ay] = ring[index - 1] as [number, number];
      const [bx, by] = ring[index] as [number, number];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
