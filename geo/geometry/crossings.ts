import Flatbush from 'flatbush';

/** Segments that are tried: enough to tell a thousand crossings from a million. */
const TRIED = 2000;
/** Segments near those that are tried, at most; what is found until then stands for the rest. */
const NEAR = 10_000_000;
/** Segments that follow one another and are looked up together. */
const PIECE = 16;
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Segments one after the other, each as x and y of its beginning and its end. */
export type Segments = Float64Array;

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
  const index = indexPieces(segments);
  let crossings = 0;
  let near = 0;
  let done = 0;
  for (const most = Math.min(TRIED, all); done < most && near < NEAR; done++) {
    // Neighbours in the file are much alike; steps of the golden ratio meet every kind of segment.
    const number = all <= TRIED ? done : Math.floor(((done * GOLDEN_RATIO) % 1) * all);
    const own = number * 4;
    const [west, south, east, north] = boxAt(tried, own);
    index.search(west, south, east, north, (piece) => {
      const end = Math.min(segments.length, (piece + 1) * PIECE * 4);
      for (let at = piece * PIECE * 4; at < end; at += 4) {
        // Whether their boxes meet, one axis after the other: of most segments the first look is the last.
        const x1 = segments[at] as number;
        const x2 = segments[at + 2] as number;
        if ((x1 < west && x2 < west) || (x1 > east && x2 > east)) continue;
        const y1 = segments[at + 1] as number;
        const y2 = segments[at + 3] as number;
        if ((y1 < south && y2 < south) || (y1 > north && y2 > north)) continue;
        near++;
        if (isCrossing(tried, own, segments, at)) crossings++;
      }
      return false;
    });
  }
  return Math.round((crossings * (all / done)) / (others ? 1 : 2));
}

/** An index of the boxes of pieces: of segments one by one it would take most of the time. */
function indexPieces(segments: Segments): Flatbush {
  const length = PIECE * 4;
  const index = new Flatbush(Math.ceil(segments.length / length));
  for (let start = 0; start < segments.length; start += length) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = start; at < Math.min(segments.length, start + length); at += 2) {
      const [x, y] = [segments[at] ?? 0, segments[at + 1] ?? 0];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return index;
}

function boxAt(segments: Segments, at: number): [number, number, number, number] {
  const x1 = segments[at] as number;
  const y1 = segments[at + 1] as number;
  const x2 = segments[at + 2] as number;
  const y2 = segments[at + 3] as number;
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

/** Whether each has the ends of the other on both sides: sharing an end, touching and lying on each other are no crossing. */
function isCrossing(one: Segments, i: number, other: Segments, j: number): boolean {
  return isCut(one, i, other, j) && isCut(other, j, one, i);
}

/** Whether the ends of the second segment are on different sides of the line through the first. */
function isCut(line: Segments, i: number, segment: Segments, j: number): boolean {
  const x = line[i] as number;
  const y = line[i + 1] as number;
  const [across, up] = [(line[i + 2] as number) - x, (line[i + 3] as number) - y];
  const side = across * ((segment[j + 1] as number) - y) - up * ((segment[j] as number) - x);
  const otherSide = across * ((segment[j + 3] as number) - y) - up * ((segment[j + 2] as number) - x);
  return (side < 0 && otherSide > 0) || (side > 0 && otherSide < 0);
}
