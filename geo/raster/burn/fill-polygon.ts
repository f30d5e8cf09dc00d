import type { Grid } from '../raster.ts';
import type { Burn, Path } from './scanline.ts';

type Size = Pick<Grid, 'width' | 'height'>;

/**
 * The edges that are not horizontal, downward, six numbers each: the first and the last row whose middle it cuts, its
 * top and its bottom, the column at its top, and how many columns further its bottom is.
 */
type Edges = Float64Array;
const FIELDS = 6;

/** Cuts of rows with edges that are held at once, unless a single row has more. */
const CUTS = 1 << 20;

/**
 * Burns the pixels whose centres lie between an odd and the next even edge of a polygon, as GDAL does
 * (llrasterize.cpp, `GDALdllImageFilledPolygon`): the line through the centres of a row is cut with all edges, and the
 * columns of the cuts are rounded. A horizontal edge through centres is burned if it runs to the left.
 *
 * @param most cuts that are held at once
 */
export function fillPolygon(rings: readonly Path[], size: Size, burn: Burn, most = CUTS): void {
  for (const ring of rings) burnHorizontal(ring, size, burn);
  const edges = buildEdges(rings, size);
  let [first, last] = [size.height, -1];
  for (let at = 0; at < edges.length; at += FIELDS) {
    if ((edges[at] ?? 0) < first) first = edges[at] ?? 0;
    if ((edges[at + 1] ?? 0) > last) last = edges[at + 1] ?? 0;
  }
  if (first <= last) fillRows(edges, first, last, size.width, burn, most);
}

function buildEdges(rings: readonly Path[], { height }: Size): Edges {
  let most = 0;
  for (const { columns } of rings) most += columns.length;
  const edges = new Float64Array(most * FIELDS);
  let at = 0;
  for (const { columns, rows } of rings) {
    let x1 = columns.at(-1) ?? 0;
    let y1 = rows.at(-1) ?? 0;
    for (let index = 0; index < columns.length; index++) {
      const x2 = columns[index] ?? 0;
      const y2 = rows[index] ?? 0;
      const isDown = y1 < y2;
      const top = isDown ? y1 : y2;
      const bottom = isDown ? y2 : y1;
      // The rows whose middle m is in top <= m < bottom.
      const from = Math.max(0, Math.ceil(top - 0.5));
      const to = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
      if (from <= to) {
        edges[at] = from;
        edges[at + 1] = to;
        edges[at + 2] = top;
        edges[at + 3] = bottom;
        edges[at + 4] = isDown ? x1 : x2;
        edges[at + 5] = isDown ? x2 - x1 : x1 - x2;
        at += FIELDS;
      }
      x1 = x2;
      y1 = y2;
    }
  }
  return edges.subarray(0, at);
}

/** Burns some rows, which are divided where there are too many cuts. */
function fillRows(edges: Edges, first: number, last: number, width: number, burn: Burn, most: number): void {
  // Where the cuts of each row begin, and where those of the last one end.
  const starts = computeStarts(edges, first, last);
  if ((starts.at(-1) ?? 0) > most && first < last) {
    const middle = (first + last) >> 1;
    fillRows(edges, first, middle, width, burn, most);
    fillRows(edges, middle + 1, last, width, burn, most);
    return;
  }
  const cuts = computeCuts(edges, first, last, width, starts);
  for (let row = first; row <= last; row++) {
    const [start, end] = [starts[row - first] ?? 0, starts[row - first + 1] ?? 0];
    if (end - start === 2) {
      const [one, other] = [cuts[start] ?? 0, cuts[start + 1] ?? 0];
      if (one < other) burn(row, one, other);
      else if (other < one) burn(row, other, one);
      continue;
    }
    cuts.subarray(start, end).sort();
    for (let index = start; index + 1 < end; index += 2)
      if ((cuts[index] ?? 0) < (cuts[index + 1] ?? 0)) burn(row, cuts[index] ?? 0, cuts[index + 1] ?? 0);
  }
}

function computeStarts(edges: Edges, first: number, last: number): Float64Array {
  // First how many more cuts a row has than the one before it, then how many there are in all rows before it.
  const starts = new Float64Array(last - first + 2);
  for (let at = 0; at < edges.length; at += FIELDS) {
    const from = Math.max(first, edges[at] ?? 0);
    const to = Math.min(last, edges[at + 1] ?? 0);
    if (from > to) continue;
    starts[from - first] = (starts[from - first] ?? 0) + 1;
    starts[to + 1 - first] = (starts[to + 1 - first] ?? 0) - 1;
  }
  let before = 0;
  let count = 0;
  for (let index = 0; index < starts.length; index++) {
    count += starts[index] ?? 0;
    starts[index] = before;
    before += count;
  }
  return starts;
}

/** The columns of the cuts, row by row; those outside are at the border, where they bound the same pixels. */
function computeCuts(
  edges: Edges,
  first: number,
  last: number,
  width: number,
  starts: Float64Array,
): Int32Array {
  const cuts = new Int32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  for (let at = 0; at < edges.length; at += FIELDS) {
    const from = Math.max(first, edges[at] ?? 0);
    const to = Math.min(last, edges[at + 1] ?? 0);
    const top = edges[at + 2] ?? 0;
    const height = (edges[at + 3] ?? 0) - top;
    const column = edges[at + 4] ?? 0;
    const columns = edges[at + 5] ?? 0;
    for (let row = from; row <= to; row++) {
      const cut = Math.floor(((row + 0.5 - top) * columns) / height + column + 0.5);
      const place = next[row - first] ?? 0;
      cuts[place] = Math.min(width, Math.max(0, cut));
      next[row - first] = place + 1;
    }
  }
  return cuts;
}

function burnHorizontal({ columns, rows }: Path, { width, height }: Size, burn: Burn): void {
  let [x1, y1] = [columns.at(-1) ?? 0, rows.at(-1) ?? 0];
  for (let index = 0; index < columns.length; index++) {
    const [x2, y2] = [columns[index] ?? 0, rows[index] ?? 0];
    if (y1 === y2 && x1 > x2 && y1 - Math.floor(y1) === 0.5 && y1 >= 0 && y1 < height) {
      const from = Math.max(0, Math.floor(x2 + 0.5));
      const to = Math.min(width, Math.floor(x1 + 0.5));
      if (from < to) burn(Math.floor(y1), from, to);
    }
    [x1, y1] = [x2, y2];
  }
}
