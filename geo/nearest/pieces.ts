import type { Geometry, Position } from 'geojson';
import { collectParts } from '../geodesy/antimeridian.ts';
import type { Bounds } from '../geometry/bounds.ts';
import { computeBounds } from '../layer/layer.ts';
import { atLeast, atMost, grown, wrapLongitudes } from './geographic-box.ts';

/** Edges per piece: a place is measured against those near to it, and not against a whole coast. */
const EDGES = 16;

/**
 * How far from its ends, in lengths of the edge, an edge may run that is straight on the map in one place and
 * straight in the plane about a feature in the other. In that plane it is at most twice as long as on the
 * ellipsoid up to 12 000 km from the centre, along a parallel pi / 2 times as long; half of it is near each end.
 */
const REACH = Math.PI / 2;

/** A point, or a few edges of a line or ring, of an overlay feature. */
export interface Piece {
  /** Of the feature in the overlay. */
  readonly position: number;
  /** The polygon that the edges bound. */
  readonly area: Area | undefined;
  readonly line: readonly Position[];
  /** Where the piece may run, whichever plane its edges are straight in. */
  readonly box: Bounds;
  /** About the middle of the piece, with a circle of this many metres around it that holds the piece likewise. */
  readonly middle: Position;
  readonly radius: number;
}

/** A polygon of an overlay feature. */
export interface Area {
  readonly position: number;
  readonly rings: readonly Position[][];
  readonly box: Bounds;
  /** True where an edge jumps by more than half the globe: it crosses the antimeridian and was not cut. */
  readonly jumps: boolean;
}

/** Takes the geometries of a layer in CRS84 to pieces. */
export function splitIntoPieces(geometries: readonly (Geometry | null)[]): {
  pieces: Piece[];
  areas: Area[];
} {
  const pieces: Piece[] = [];
  const areas: Area[] = [];
  for (const [position, geometry] of geometries.entries()) {
    if (geometry === null) continue;
    const { points, lines, polygons } = collectParts(geometry);
    for (const point of points) pieces.push(makePiece([point], position, undefined));
    for (const line of lines) for (const part of cut(line)) pieces.push(makePiece(part, position, undefined));
    for (const rings of polygons) {
      const box = computeBox(rings[0] ?? []);
      if (!box) continue;
      const area = { position, rings, box, jumps: rings.some(jumps) };
      areas.push(area);
      for (const ring of rings) for (const part of cut(ring)) pieces.push(makePiece(part, position, area));
    }
  }
  return { pieces, areas };
}

function makePiece(line: readonly Position[], position: number, area: Area | undefined): Piece {
  const middle = line[line.length >> 1];
  const box = computeBox(line);
  if (!middle || !box) throw new Error('The piece has no position');
  const reach = computeReach(line);
  const radius = line.reduce((most, place) => Math.max(most, atMost(middle, place)), 0) + reach;
  return { position, area, line, box, middle, radius };
}

function cut(line: readonly Position[]): Position[][] {
  const parts: Position[][] = [];
  for (let start = 0; start < line.length - 1; start += EDGES)
    parts.push(line.slice(start, start + EDGES + 1));
  return parts;
}

function computeBox(line: readonly Position[]): Bounds | undefined {
  const box = computeBounds([{ type: 'LineString', coordinates: [...line] }]);
  return box && wrapLongitudes(grown(box, computeReach(line)));
}

/** Metres that any edge of a line may run from its ends. */
const computeReach = (line: readonly Position[]): number => REACH * longestEdge(line);

/** Metres of the longest edge of a line, or up to one per cent more. */
export function longestEdge(line: readonly Position[]): number {
  let longest = 0;
  let before: Position | undefined;
  for (const place of line) {
    if (before) longest = Math.max(longest, atMost(before, place));
    before = place;
  }
  return longest;
}

const jumps = (ring: readonly Position[]): boolean =>
  ring.some(([longitude = 0, latitude = 0], index) => {
    const [before = 0, latitudeBefore = 0] = ring[index - 1] ?? [longitude];
    // Along a pole, where maps of the whole world have an edge, no way is long.
    const atPole = Math.abs(latitude) === 90 && latitude === latitudeBefore;
    return !atPole && Math.abs(longitude - before) > 180;
  });

export type Edge = readonly [start: Position, end: Position];

/** Edges of a piece that may have a place on one side on the map and on the other in a plane; few have any. */
export function edgesNear(place: Position, { line }: Piece): Edge[] {
  const isNear = (from: Position, to: Position): boolean => {
    const reach = REACH * atMost(from, to);
    return atLeast(place, from) <= reach || atLeast(place, to) <= reach;
  };
  const edges: Edge[] = [];
  let start: Position | undefined;
  for (const end of line) {
    if (start && isNear(start, end)) edges.push([start, end]);
    start = end;
  }
  return edges;
}

const EARTH_RADIUS = 6_371_000;
const LONGEST_ESTIMATED = 3_000_000;

/**
 * Metres by which an edge that is straight on the map and one that is straight in a plane nearby may be apart:
 * twice the rise of the parallel over the geodesic, and of the geodesic over the plane. (60 000 random edges up
 * to 80 degrees of latitude came to three quarters of it.) Infinity where that is no estimate.
 */
export function estimateDeviation([start, end]: Edge): number {
  const length = atMost(start, end);
  const latitude = Math.max(Math.abs(start[1] ?? 0), Math.abs(end[1] ?? 0));
  const turn = Math.abs((start[0] ?? 0) - (end[0] ?? 0));
  if (length > LONGEST_ESTIMATED || latitude > 80 || turn > 170) return Infinity;
  const rise = (length ** 2 * Math.tan((latitude * Math.PI) / 180)) / (8 * EARTH_RADIUS);
  return 2 * (rise + length ** 3 / EARTH_RADIUS ** 2 / 6);
}
