import type { Geometry, Position } from 'geojson';
import { collectParts } from '../geodesy/antimeridian.ts';
import { shorterWay } from '../geodesy/long-edges.ts';
import { metresOffGeodesic } from '../geodesy/split-edges.ts';
import { geocentric, rise } from './chords.ts';
import type { Place } from './geodesic-distance.ts';

/** Children of a node. */
const FAN = 8;
/** Numbers of a box. */
const SIDES = 6;
/** The ellipsoid is not the sphere on which it is computed how far an edge is off. */
const ROUNDING_UP = 1.1;

/** An edge, or a point, which has one vertex. */
export const kinds = { point: 0, edge: 1, lastEdge: 2 } as const;

/**
 * Points and edges of geometries on the ellipsoid, which are straight in longitudes and latitudes, in space: there neither poles nor the antimeridian are special. They are items of a
 * packed tree of boxes, ordered along a Z-order curve.
 *
 * Items are numbered from 0, nodes go on from there; the root is the last one.
 */
export class EdgeTree {
  /** Number of points and edges. */
  readonly count: number;
  /** Degrees of the vertices. */
  readonly longitudes: Float64Array;
  readonly latitudes: Float64Array;
  /** Metres from the centre of the Earth, three for each vertex. */
  readonly places: Float64Array;
  /** The first vertex of each item; the second one of an edge follows it. */
  readonly vertices: Uint32Array;
  readonly kinds: Uint8Array;
  /** Of which geometry each item is. */
  readonly owners: Uint32Array;
  /** Metres that each edge may be off its chord. */
  readonly margins: Float64Array;
  /** Boxes in space of all items and nodes, with the arcs of the edges. */
  readonly #boxes: Float64Array;
  /** First child of each node, and before which its children end. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(geometries: Iterable<Geometry | null>) {
    const lists = listItems(geometries);
    const count = lists.vertices.length;
    this.count = count;
    this.longitudes = Float64Array.from(lists.longitudes);
    this.latitudes = Float64Array.from(lists.latitudes);
    this.places = placesOf(lists);
    const margins = marginsOf(lists, this.places);
    const boxes = boxesOf(lists, this.places, margins);
    const order = zOrder(boxes, count);
    this.vertices = order.map((item) => lists.vertices[item] ?? 0);
    this.owners = order.map((item) => lists.owners[item] ?? 0);
    this.kinds = Uint8Array.from(order, (item) => lists.kinds[item] ?? 0);
    this.margins = Float64Array.from(order, (item) => margins[item] ?? 0);
    this.#boxes = this.#grow(boxes, order);
  }

  get root(): number {
    return this.count + this.#starts.length - 1;
  }

  isNode(id: number): boolean {
    return id >= this.count;
  }

  isPoint(item: number): boolean {
    return this.kinds[item] === kinds.point;
  }

  firstChild(node: number): number {
    return this.#starts[node - this.count] ?? 0;
  }

  /** The one after the last child. */
  endOfChildren(node: number): number {
    return this.#ends[node - this.count] ?? 0;
  }

  /** Where a vertex is. */
  place(vertex: number): Place {
    return { longitude: this.longitudes[vertex] ?? 0, latitude: this.latitudes[vertex] ?? 0 };
  }

  /** One of the sides of a box: the least x, y and z, and then the most. */
  side(id: number, side: number): number {
    return this.#boxes[id * SIDES + side] ?? 0;
  }

  /** The longest side of a box. */
  sizeOf(id: number): number {
    let size = 0;
    for (let axis = 0; axis < 3; axis++) size = Math.max(size, this.side(id, axis + 3) - this.side(id, axis));
    return size;
  }

  /** Boxes of the items in their order, and of the nodes above them. */
  #grow(unordered: Float64Array, order: Uint32Array): Float64Array {
    let level = this.count;
    let all = level;
    while (level > 1) {
      level = Math.ceil(level / FAN);
      all += level;
    }
    const boxes = new Float64Array(all * SIDES);
    for (const [place, item] of order.entries())
      boxes.set(unordered.subarray(item * SIDES, (item + 1) * SIDES), place * SIDES);
    let [first, end] = [0, this.count];
    while (end - first > 1) {
      let node = end;
      for (let child = first; child < end; child += FAN) {
        const last = Math.min(child + FAN, end);
        this.#starts.push(child);
        this.#ends.push(last);
        cover(boxes, node++, child, last);
      }
      [first, end] = [end, node];
    }
    return boxes;
  }
}

/** Sets the box of a node to that around some others. */
function cover(boxes: Float64Array, node: number, from: number, end: number): void {
  for (let axis = 0; axis < 3; axis++) {
    let [least, most] = [Infinity, -Infinity];
    for (let child = from; child < end; child++) {
      least = Math.min(least, boxes[child * SIDES + axis] ?? 0);
      most = Math.max(most, boxes[child * SIDES + axis + 3] ?? 0);
    }
    boxes[node * SIDES + axis] = least;
    boxes[node * SIDES + axis + 3] = most;
  }
}

interface Items {
  readonly longitudes: number[];
  readonly latitudes: number[];
  readonly vertices: number[];
  readonly kinds: number[];
  readonly owners: number[];
}

function listItems(geometries: Iterable<Geometry | null>): Items {
  const items: Items = { longitudes: [], latitudes: [], vertices: [], kinds: [], owners: [] };
  const add = (line: readonly Position[], isRing: boolean, owner: number): void => {
    for (const [index, [longitude = 0, latitude = 0]] of line.entries()) {
      items.longitudes.push(longitude);
      items.latitudes.push(latitude);
      if (index === line.length - 1 && index > 0) break;
      items.vertices.push(items.longitudes.length - 1);
      items.owners.push(owner);
      const isLast = !isRing && index === line.length - 2;
      items.kinds.push(line.length === 1 ? kinds.point : isLast ? kinds.lastEdge : kinds.edge);
    }
  };
  let owner = 0;
  for (const geometry of geometries) {
    if (geometry) {
      const { points, lines, polygons } = collectParts(geometry);
      for (const point of points) add([point], false, owner);
      for (const line of lines) add(line, false, owner);
      for (const rings of polygons) for (const ring of rings) add(ring, true, owner);
    }
    owner++;
  }
  return items;
}

function placesOf({ longitudes, latitudes }: Items): Float64Array {
  const places = new Float64Array(longitudes.length * 3);
  for (const [vertex, longitude] of longitudes.entries())
    places.set(geocentric(longitude, latitudes[vertex] ?? 0), vertex * 3);
  return places;
}

/** An edge is off its chord by what the geodesic is, and off that by what it is curved. */
function marginsOf(
  { vertices, kinds: types, longitudes, latitudes }: Items,
  places: Float64Array,
): Float64Array {
  return Float64Array.from(vertices, (start, item) => {
    if (types[item] === kinds.point) return 0;
    const [south = 0, north = 0] = [latitudes[start], latitudes[start + 1]];
    const turn = shorterWay((longitudes[start + 1] ?? 0) - (longitudes[start] ?? 0));
    return (
      rise(chordOf(places, start * 3, start * 3 + 3)) + ROUNDING_UP * metresOffGeodesic(turn, south, north)
    );
  });
}

function boxesOf(
  { vertices, kinds: types }: Items,
  places: Float64Array,
  margins: Float64Array,
): Float64Array {
  const boxes = new Float64Array(vertices.length * SIDES);
  for (const [item, vertex] of vertices.entries()) {
    const start = vertex * 3;
    const end = types[item] === kinds.point ? start : start + 3;
    const margin = margins[item] ?? 0;
    for (let axis = 0; axis < 3; axis++) {
      const [one, other] = [places[start + axis] ?? 0, places[end + axis] ?? 0];
      boxes[item * SIDES + axis] = Math.min(one, other) - margin;
      boxes[item * SIDES + axis + 3] = Math.max(one, other) + margin;
    }
  }
  return boxes;
}

/** Metres through the Earth between two vertices, by where their numbers begin. */
const chordOf = (places: Float64Array, one: number, other: number): number =>
  Math.sqrt(
    ((places[one] ?? 0) - (places[other] ?? 0)) ** 2 +
      ((places[one + 1] ?? 0) - (places[other + 1] ?? 0)) ** 2 +
      ((places[one + 2] ?? 0) - (places[other + 2] ?? 0)) ** 2,
  );

/** Cells along each axis of the curve: three times their digits fit into a number. */
const CELLS = 2 ** 17 - 1;

/** Items along a Z-order curve (G. M. Morton, 1966) through the middles of their boxes. */
function zOrder(boxes: Float64Array, count: number): Uint32Array {
  if (count < 2) return new Uint32Array(count);
  const [least, most] = [[0, 1, 2].map(() => Infinity), [0, 1, 2].map(() => -Infinity)] as [
    number[],
    number[],
  ];
  const middle = (item: number, axis: number): number =>
    ((boxes[item * SIDES + axis] ?? 0) + (boxes[item * SIDES + axis + 3] ?? 0)) / 2;
  for (let item = 0; item < count; item++)
    for (let axis = 0; axis < 3; axis++) {
      const at = middle(item, axis);
      least[axis] = Math.min(least[axis] ?? at, at);
      most[axis] = Math.max(most[axis] ?? at, at);
    }
  const size = [0, 1, 2].reduce(
    (longest, axis) => Math.max(longest, (most[axis] ?? 0) - (least[axis] ?? 0)),
    1e-9,
  );
  const codes = new Float64Array(count);
  for (let item = 0; item < count; item++) {
    let code = 0;
    for (let axis = 0; axis < 3; axis++) {
      const cell = Math.floor(((middle(item, axis) - (least[axis] ?? 0)) / size) * CELLS);
      code += spread(cell) * 2 ** axis;
    }
    codes[item] = code;
  }
  return Uint32Array.from({ length: count }, (_, item) => item).sort(
    (one, other) => (codes[one] ?? 0) - (codes[other] ?? 0),
  );
}

/** A number of 17 binary digits with two zeros between any two of them. */
const spread = (cell: number): number => spreadTen(cell & 1023) + spreadTen(cell >> 10) * 2 ** 30;

function spreadTen(digits: number): number {
  let spread = (digits | (digits << 16)) & 0x030000ff;
  spread = (spread | (spread << 8)) & 0x0300f00f;
  spread = (spread | (spread << 4)) & 0x030c30c3;
  return (spread | (spread << 2)) & 0x09249249;
}
