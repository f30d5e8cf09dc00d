import type { Geometry, Position } from 'geojson';

/** A geometry whose element is still open. */
interface Open {
  readonly type: string;
  readonly positions: Position[];
  /** Rings of a polygon, the outer one first. */
  readonly rings: Position[][];
  readonly parts: Geometry[];
  /** Of a box. */
  readonly edges: Map<string, number>;
}

const types = new Set([
  'Point',
  'LineString',
  'LinearRing',
  'Polygon',
  'MultiGeometry',
  'Track',
  'MultiTrack',
  'LatLonBox',
  'LatLonQuad',
]);

const edges: ReadonlySet<string> = new Set(['north', 'south', 'east', 'west']);

/** Puts the geometries of a Placemark together while their elements pass by. */
export class KmlGeometries {
  readonly #open: Open[] = [];
  readonly #count: (positions: number) => void;
  #isOuter = true;
  #positions = 0;

  /** @param count is called with the number of positions so far, and may refuse it */
  constructor(count: (positions: number) => void) {
    this.#count = count;
  }

  /** The start tag of an element, by its local name. */
  open(name: string): void {
    if (types.has(name))
      this.#open.push({ type: name, positions: [], rings: [], parts: [], edges: new Map() });
    else if (name === 'outerBoundaryIs' || name === 'innerBoundaryIs')
      this.#isOuter = name === 'outerBoundaryIs';
  }

  /** @returns the geometry of the Placemark when its element ends. */
  close(name: string, text: string): Geometry | undefined {
    const current = this.#open.at(-1);
    if (!current) return undefined;
    if (name === 'coordinates') this.#append(current.positions, parsePositions(text, ','));
    else if (name === 'coord') this.#append(current.positions, [parsePosition(text.trim(), /\s+/)]);
    else if (edges.has(name)) current.edges.set(name, Number(text));
    if (!types.has(name)) return undefined;
    this.#open.pop();
    const parent = this.#open.at(-1);
    if (name === 'LinearRing' && parent?.type === 'Polygon') {
      if (this.#isOuter) parent.rings.unshift(current.positions);
      else parent.rings.push(current.positions);
      return undefined;
    }
    const geometry = buildGeometry(current);
    if (!parent) return geometry;
    if (geometry) parent.parts.push(geometry);
    return undefined;
  }

  /** Not by spreading: a track of a million positions would exceed the arguments of a call. */
  #append(positions: Position[], more: Iterable<Position>): void {
    for (const position of more) {
      this.#count(++this.#positions);
      positions.push(position);
    }
  }
}

/** One after the other: as a list, the texts of all would take many times the memory. */
function* parsePositions(text: string, separator: string): Generator<Position> {
  for (const [tuple] of text.matchAll(/\S+/g)) yield parsePosition(tuple, separator);
}

const parsePosition = (text: string, separator: string | RegExp): Position =>
  text
    .split(separator)
    .slice(0, 3)
    .map((number) => (number === '' ? Number.NaN : Number(number)));

/** A geometry as GeoJSON; undefined for what is empty. Collections of one type become a Multi geometry. */
function buildGeometry({ type, positions, rings, parts, edges }: Open): Geometry | undefined {
  switch (type) {
    case 'Point':
      return positions[0] ? { type: 'Point', coordinates: positions[0] } : undefined;
    case 'Polygon':
      return rings.length > 0 ? { type: 'Polygon', coordinates: rings } : undefined;
    case 'LatLonBox':
      return boxBetween(edges);
    case 'LatLonQuad':
      return positions.length > 2
        ? { type: 'Polygon', coordinates: [[...positions, ...positions.slice(0, 1)]] }
        : undefined;
    case 'MultiGeometry':
    case 'MultiTrack':
      return parts.length > 0 ? collected(parts) : undefined;
    default:
      return positions.length > 0 ? { type: 'LineString', coordinates: positions } : undefined;
  }
}

/** Undefined where an edge is missing. East of a box over the antimeridian is less than its west. */
function boxBetween(edges: ReadonlyMap<string, number>): Geometry | undefined {
  const [north, south, east, west] = ['north', 'south', 'east', 'west'].map((name) => edges.get(name));
  if (north === undefined || south === undefined || east === undefined || west === undefined)
    return undefined;
  const end = east < west ? east + 360 : east;
  const ring = [
    [west, south],
    [end, south],
    [end, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

function collected(parts: readonly Geometry[]): Geometry {
  const all = <T extends Geometry['type']>(type: T) =>
    parts.every((part) => part.type === type)
      ? (parts as readonly Extract<Geometry, { type: T }>[])
      : undefined;
  const points = all('Point');
  if (points) return { type: 'MultiPoint', coordinates: points.map(({ coordinates }) => coordinates) };
  const lines = all('LineString');
  if (lines) return { type: 'MultiLineString', coordinates: lines.map(({ coordinates }) => coordinates) };
  const polygons = all('Polygon');
  if (polygons) return { type: 'MultiPolygon', coordinates: polygons.map(({ coordinates }) => coordinates) };
  return { type: 'GeometryCollection', geometries: [...parts] };
}
