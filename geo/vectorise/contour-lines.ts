import type { Levels } from './levels.ts';
import { LinkedPoints, type PointBudget } from './linked-points.ts';

/** A contour line in pixels from the outer corner of the first one; a ring repeats its first position at the end. */
export interface ContourLine {
  readonly value: number;
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

/** Corners of a cell that lie at or above a level. */
const [UPPER_LEFT, UPPER_RIGHT, LOWER_LEFT, LOWER_RIGHT] = [1, 2, 4, 8] as const;

/**
 * Marching squares over rows of pixels, through their centres, with linear interpolation along the lines between them. Each
 * crossing of such a line and a level is one point, which the cells on both sides link to others, so that lines come out
 * chained. In saddles, where two opposite corners are high, lines always cut off the lower left and the upper right corner,
 * as GDAL does: then lines of different levels never cross. A cell with a missing corner has no lines.
 */
export class ContourTracer {
  readonly #levels: Levels;
  readonly #points: LinkedPoints;
  readonly #width: number;
  #row = -1;
  /** Of the previous row and of this one. NaN where a pixel is missing. */
  #above: { values: Float64Array; ranks: Float64Array };
  #below: { values: Float64Array; ranks: Float64Array };
  /** First points on the horizontal lines from each pixel to the next; those of higher levels follow. */
  readonly #lines: PointBudget | undefined;
  #upper: Int32Array;
  #lower: Int32Array;

  /** @param budget of vertices @param lines how many lines there may be */
  constructor(width: number, levels: Levels, budget: PointBudget, lines?: PointBudget) {
    this.#lines = lines;
    this.#width = width;
    this.#levels = levels;
    this.#points = new LinkedPoints(budget);
    const empty = () => ({ values: new Float64Array(width), ranks: new Float64Array(width) });
    this.#above = empty();
    this.#below = empty();
    this.#upper = new Int32Array(width);
    this.#lower = new Int32Array(width);
  }

  /** Takes the next row of pixels. @param values NaN where a pixel is missing */
  row(values: Float64Array): void {
    [this.#above, this.#below] = [this.#below, this.#above];
    [this.#upper, this.#lower] = [this.#lower, this.#upper];
    this.#row++;
    const { values: kept, ranks } = this.#below;
    const y = this.#row + 0.5;
    for (let column = 0; column < this.#width; column++) {
      const value = values[column] ?? Number.NaN;
      kept[column] = value;
      ranks[column] = Number.isFinite(value) ? this.#levels.rank(value) : Number.NaN;
      if (column > 0) this.#lower[column - 1] = this.#cross(this.#below, column - 1, this.#below, column, y);
    }
    if (this.#row > 0) this.#cells();
  }

  /** The lines of the rows so far, from low to high. */
  lines(): ContourLine[] {
    const lines: { level: number; line: ContourLine }[] = [];
    for (const { points, closed } of this.#points.lines()) {
      const level = this.#points.owners[points[0] ?? 0] ?? 0;
      const line = this.#makeLine(points, closed, this.#levels.valueOf(level));
      if (!line) continue;
      if (this.#lines && lines.length === this.#lines.most) throw this.#lines.exceeded();
      lines.push({ level, line });
    }
    return lines.sort((one, other) => one.level - other.level).map(({ line }) => line);
  }

  #cells(): void {
    const upper = this.#above.ranks;
    const lower = this.#below.ranks;
    const y = this.#row - 0.5;
    let left = this.#cross(this.#above, 0, this.#below, 0, y);
    for (let column = 0; column + 1 < this.#width; column++) {
      const right = this.#cross(this.#above, column + 1, this.#below, column + 1, y);
      const upperLeft = upper[column] ?? Number.NaN;
      const upperRight = upper[column + 1] ?? Number.NaN;
      const lowerLeft = lower[column] ?? Number.NaN;
      const lowerRight = lower[column + 1] ?? Number.NaN;
      const lowest = Math.min(upperLeft, upperRight, lowerLeft, lowerRight);
      const highest = Math.max(upperLeft, upperRight, lowerLeft, lowerRight);
      // Of four ranks of which one is NaN the least is NaN, and there is no level.
      for (let level = lowest; level < highest; level++) {
        const top = (this.#upper[column] ?? 0) + level - Math.min(upperLeft, upperRight);
        const bottom = (this.#lower[column] ?? 0) + level - Math.min(lowerLeft, lowerRight);
        const west = left + level - Math.min(upperLeft, lowerLeft);
        const east = right + level - Math.min(upperRight, lowerRight);
        const corners =
          (upperLeft > level ? UPPER_LEFT : 0) |
          (upperRight > level ? UPPER_RIGHT : 0) |
          (lowerLeft > level ? LOWER_LEFT : 0) |
          (lowerRight > level ? LOWER_RIGHT : 0);
        this.#connect(corners, top, bottom, west, east);
      }
      left = right;
    }
  }

  #connect(corners: number, top: number, bottom: number, west: number, east: number): void {
    const all = UPPER_LEFT | UPPER_RIGHT | LOWER_LEFT | LOWER_RIGHT;
    // A line has the same place whichever of its sides is high.
    switch (corners > all / 2 ? all - corners : corners) {
      case UPPER_LEFT:
        this.#points.link(top, west);
        break;
      case UPPER_RIGHT:
        this.#points.link(top, east);
        break;
      case LOWER_LEFT:
        this.#points.link(west, bottom);
        break;
      case UPPER_LEFT | UPPER_RIGHT | LOWER_LEFT:
        this.#points.link(bottom, east);
        break;
      case UPPER_LEFT | UPPER_RIGHT:
        this.#points.link(west, east);
        break;
      case UPPER_LEFT | LOWER_LEFT:
        this.#points.link(top, bottom);
        break;
      default:
        this.#points.link(west, bottom);
        this.#points.link(top, east);
    }
  }

  /** The points where levels cross the line from one pixel to a neighbour. @returns the number of the lowest */
  #cross(
    from: { values: Float64Array; ranks: Float64Array },
    column: number,
    to: { values: Float64Array; ranks: Float64Array },
    next: number,
    y: number,
  ): number {
    const first = from.ranks[column] ?? Number.NaN;
    const last = to.ranks[next] ?? Number.NaN;
    const start = this.#points.count;
    if (first === last) return start;
    const value = from.values[column] ?? Number.NaN;
    const step = (to.values[next] ?? Number.NaN) - value;
    const lowest = Math.min(first, last);
    const highest = Math.max(first, last);
    this.#points.expect(highest - lowest);
    for (let level = lowest; level < highest; level++) {
      const share = (this.#levels.valueOf(level) - value) / step;
      const across = from === to;
      this.#points.add(column + 0.5 + (across ? share : 0), across ? y : y + share, level);
    }
    return start;
  }

  /** Without repeated positions, which come of pixels that are exactly at a level; undefined where nothing remains. */
  #makeLine(points: readonly number[], closed: boolean, value: number): ContourLine | undefined {
    const columns: number[] = [];
    const rows: number[] = [];
    for (const point of closed ? [...points, points[0] ?? 0] : points) {
      const column = this.#points.columns[point] ?? 0;
      const row = this.#points.rows[point] ?? 0;
      if (column === columns.at(-1) && row === rows.at(-1)) continue;
      columns.push(column);
      rows.push(row);
    }
    return columns.length > 1 ? { value, columns, rows } : undefined;
  }
}
