import type { Grid } from '../raster.ts';
import type { Burn, Path } from '../scanline.ts';

/** An edge that is not horizontal, downward. */
interface Edge {
  readonly top: number;
  readonly bottom: number;
  /** Column at the top, and columns per row. */
  readonly column: number;
  readonly columns: number;
}

/**
 * Burns the pixels whose centres lie between an odd and the next even edge of a polygon, as GDAL does
 * (llrasterize.cpp, `GDALdllImageFilledPolygon`): the line through the centres of a row is cut with all edges, and the
 * columns of the cuts are rounded. A horizontal edge through centres is burned if it runs to the left.
 */
export function fillPolygon(rings: readonly Path[], grid: Pick<Grid, 'width' | 'height'>, burn: Burn): void {
  const { first, last, edgesFrom } = sorted(rings, grid, burn);
  let active: Edge[] = [];
  for (let row = first; row <= last; row++) {
    const middle = row + 0.5;
    active = active.filter(({ bottom }) => bottom > middle);
    active.push(...(edgesFrom.get(row) ?? []));
    if (active.length === 0) continue;
    const cuts = Float64Array.from(active, ({ top, bottom, column, columns }) =>
      Math.floor(((middle - top) * columns) / (bottom - top) + column + 0.5),
    ).sort();
    for (let index = 0; index + 1 < cuts.length; index += 2)
      burnInside(row, cuts[index]!, cuts[index + 1]!, grid.width, burn);
  }
}

function burnInside(row: number, from: number, to: number, width: number, burn: Burn): void {
  const start = Math.max(0, from);
  const end = Math.min(width, to);
  if (start < end) burn(row, start, end);
}

/** The edges by the first row whose middle they cut. Burns the horizontal ones. */
function sorted(rings: readonly Path[], { width, height }: Pick<Grid, 'width' | 'height'>, burn: Burn) {
  const edgesFrom = new Map<number, Edge[]>();
  let first = height;
  let last = -1;
  const add = (top: number, bottom: number, column: number, columns: number): void => {
    // The rows whose middle m is in top <= m < bottom.
    const from = Math.max(0, Math.ceil(top - 0.5));
    const to = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
    if (!(from <= to)) return;
    if (from < first) first = from;
    if (to > last) last = to;
    const edges = edgesFrom.get(from);
    const edge = { top, bottom, column, columns };
    if (edges) edges.push(edge);
    else edgesFrom.set(from, [edge]);
  };
  for (const { columns, rows } of rings) {
    let [x1, y1] = [columns.at(-1)!, rows.at(-1)!];
    for (let index = 0; index < columns.length; index++) {
      const [x2, y2] = [columns[index]!, rows[index]!];
      if (y1 < y2) add(y1, y2, x1, x2 - x1);
      else if (y1 > y2) add(y2, y1, x2, x1 - x2);
      else if (x1 > x2 && y1 - Math.floor(y1) === 0.5 && y1 >= 0 && y1 < height)
        burnInside(Math.floor(y1), Math.floor(x2 + 0.5), Math.floor(x1 + 0.5), width, burn);
      [x1, y1] = [x2, y2];
    }
  }
  return { first, last, edgesFrom };
}
