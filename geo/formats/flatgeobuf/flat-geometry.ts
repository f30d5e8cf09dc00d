import type { Geometry, Position } from 'geojson';
import { keptWkb } from '../../geometry/lazy-geometry.ts';
import { countWkbVertices, eachRunInWkb } from '../wkb/wkb-measures.ts';

/** Coordinates one after the other. */
export interface FlatCoordinates {
  readonly xy: Float64Array;
  readonly z: Float64Array | undefined;
  /** Number of the position behind each line or ring. */
  readonly ends: Uint32Array;
}

type Flat = Exclude<Geometry, { type: 'GeometryCollection' | 'MultiPolygon' }>;

/**
 * The coordinates of points, of a line or lines, or of the rings of a polygon, in memory that the next call overwrites.
 *
 * @param high whether other features of the layer have heights: unknown ones are NaN then.
 */
export function flattenGeometry(geometry: Flat, high: boolean): FlatCoordinates {
  const wkb = keptWkb(geometry);
  if (wkb) return flattenWkb(wkb, geometry.type === 'MultiPoint', high);
  return flattenLines(listLines(geometry), high);
}

/** For the coordinates of one geometry after the other: making memory for each took longer than filling it. */
let room = new Float64Array(1024);

function roomFor(numbers: number): Float64Array {
  if (numbers > room.length) room = new Float64Array(numbers * 2);
  return room.subarray(0, numbers);
}

function flattenWkb(wkb: Uint8Array, arePoints: boolean, high: boolean): FlatCoordinates {
  const xy = roomFor(countWkbVertices(wkb) * 2);
  const ends: number[] = [];
  let at = 0;
  eachRunInWkb(wkb, (view, offset, count, stride) => {
    for (let position = 0; position < count; position++) {
      xy[at++] = view.getFloat64(offset + position * stride, true);
      xy[at++] = view.getFloat64(offset + position * stride + 8, true);
    }
    ends.push(at / 2);
  });
  return {
    xy,
    z: high ? new Float64Array(at / 2).fill(Number.NaN) : undefined,
    ends: Uint32Array.from(arePoints ? ends.slice(-1) : ends),
  };
}

function flattenLines(lines: readonly Position[][], high: boolean): FlatCoordinates {
  const count = lines.reduce((sum, line) => sum + line.length, 0);
  const xy = roomFor(count * 2);
  const z = high ? new Float64Array(count) : undefined;
  let at = 0;
  const ends = lines.map((line) => {
    for (const position of line) {
      xy[at * 2] = position[0] ?? Number.NaN;
      xy[at * 2 + 1] = position[1] ?? Number.NaN;
      if (z) z[at] = position[2] ?? Number.NaN;
      at++;
    }
    return at;
  });
  return { xy, z, ends: Uint32Array.from(ends) };
}

function listLines(geometry: Flat): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'LineString':
    case 'MultiPoint':
      return [geometry.coordinates];
    default:
      return geometry.coordinates;
  }
}
