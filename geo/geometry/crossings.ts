import Flatbush from 'flatbush';
import type { Geometry, Position } from 'geojson';

/** Segments that are tried: enough to tell a thousand crossings from a million. */
const TRIED = 2000;
/** Segments near those that are tried, at most; what is found until then stands for the rest. */
const NEAR = 10_000_000;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Segments one after the other, each as x and y of its beginning and its end. */
export type Segments = Float64Array;

/**
 * The segments of lines and rings; points have none.
 *
 * @param least positions nearer to the one before are left out, in the unit of the coordinates.
 */
export function listSegments(geometries: Iterable<Geometry>, least = 0): Segments {
  const numbers: number[] = [];
  for (const geometry of geometries)
    for (const line of lines(geometry)) {
      let from = line[0];
      for (const to of line) {
        if (
          !from ||
          to === from ||
          Math.hypot((to[0] as number) - (from[0] as number), (to[1] as number) - (from[1] as number)) < least
        )
          continue;
        numbers.push(from[0] as number, from[1] as number, to[0] as number, to[1] as number);
        from = to;
      }
    }
  return Float64Array.from(numbers);
}

function* lines(geometry: Geometry): Iterable<readonly Position[]> {
  switch (geometry.type) {
    case 'LineString':
      yield geometry.coordinates;
      return;
    case 'MultiLineString':
    case 'Polygon':
      yield* geometry.coordinates;
      return;
    case 'MultiPolygon':
      for (const rings of geometry.coordinates) yield* rings;
      return;
    case 'GeometryCollection':
      for (const part of geometry.geometries) yield* lines(part);
  }
}

/**
 * About how many pairs of segments cross, inside both: exact for up to 2000 segments, beyond that of a sample that is the
 * same each time. An overlay has a vertex for each, so that a comb laid over another is told from its few vertices.
 *
 * @param others absent: the segments among themselves.
 */
export function estimateCrossings(segments: Segments, others?: Segments): number {
  const tried = others ?? segments;
  const [count, all] = [segments.length / 4, tried.length / 4];
  if (count === 0 || all === 0) return 0;
  const index = new Flatbush(count);
  for (let at = 0; at < segments.length; at += 4) index.add(...boxAt(segments, at));
  index.finish();
  let crossings = 0;
  let near = 0;
  let done = 0;
  for (const most = Math.min(TRIED, all); done < most && near < NEAR; done++) {
    // Neighbours in the file are much alike; steps of the golden ratio meet every kind of segment.
    const number = all <= TRIED ? done : Math.floor(((done * GOLDEN_RATIO) % 1) * all);
    index.search(...boxAt(tried, number * 4), (other) => {
      near++;
      if (isCrossing(tried, number * 4, segments, other * 4)) crossings++;
      return false;
    });
  }
  return Math.round((crossings * (all / done)) / (others ? 1 : 2));
}

function boxAt(segments: Segments, at: number): [number, number, number, number] {
  const [x1, y1, x2, y2] = segments.subarray(at, at + 4) as Iterable<number> as [
    number,
    number,
    number,
    number,
  ];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** Whether each has the ends of the other on both sides: sharing an end, touching and lying on each other are no crossing. */
function isCrossing(one: Segments, i: number, other: Segments, j: number): boolean {
  const side = (segments: Segments, at: number, x: number, y: number): number =>
    Math.sign(
      ((segments[at + 2] as number) - (segments[at] as number)) * (y - (segments[at + 1] as number)) -
        ((segments[at + 3] as number) - (segments[at + 1] as number)) * (x - (segments[at] as number)),
    );
  return (
    side(one, i, other[j] as number, other[j + 1] as number) *
      side(one, i, other[j + 2] as number, other[j + 3] as number) <
      0 &&
    side(other, j, one[i] as number, one[i + 1] as number) *
      side(other, j, one[i + 2] as number, one[i + 3] as number) <
      0
  );
}
