import { LinkedPoints, type PointBudget } from './linked-points.ts';
import { type LabelledRow, type PartLabels, UNLABELLED } from './part-labels.ts';

/**
 * The outlines of parts, from their corners: each is linked to the one before it on the same horizontal and on the same
 * vertical line, on the same side of it. Memory is that of the corners and of a row.
 */
export class Outlines {
  /** Owned by the label of a pixel of the part; in pixels. */
  readonly points: LinkedPoints;
  /** Corners where a part meets itself or another of its value diagonally: its outline may pass twice. */
  readonly pinches = new Set<number>();
  readonly #labels: PartLabels;
  /** The last corner on each vertical line whose outline goes on below, of the pixel on its left and on its right. */
  readonly #left: Int32Array;
  readonly #right: Int32Array;

  constructor(width: number, labels: PartLabels, budget: PointBudget) {
    this.points = new LinkedPoints(budget);
    this.#labels = labels;
    this.#left = new Int32Array(width + 1);
    this.#right = new Int32Array(width + 1);
  }

  /**
   * Makes the corners on the line above a row. Where four pixels meet, a part has a corner in a pixel that differs from both
   * its neighbours, and in the middle one of three that are equal.
   */
  line(row: number, above: LabelledRow, below: LabelledRow): void {
    const { values: north, labels: northLabels } = above;
    const { values: south, labels: southLabels } = below;
    const [left, right, points] = [this.#left, this.#right, this.points];
    // The last corners on this line whose outline goes on to the right, of the pixel above the line and below it.
    let over = 0;
    let under = 0;
    for (let column = 0; column < left.length; column++) {
      const northWest = north[column] ?? Number.NaN;
      const northEast = north[column + 1] ?? Number.NaN;
      const southWest = south[column] ?? Number.NaN;
      const southEast = south[column + 1] ?? Number.NaN;
      const topSame = northWest === northEast;
      const bottomSame = southWest === southEast;
      const westSame = northWest === southWest;
      if (topSame && bottomSame && westSame) continue;
      const eastSame = northEast === southEast;
      // What arrives here ends before anything begins.
      const [fromOver, fromUnder, fromLeft, fromRight] = [over, under, left[column] ?? 0, right[column] ?? 0];
      const first = points.count;

      if (!topSame && !westSame && !Number.isNaN(northWest)) {
        const point = points.add(column, row, northLabels[column] ?? UNLABELLED);
        points.link(point, fromOver);
        points.link(point, fromLeft);
      }
      if (!topSame && !eastSame && !Number.isNaN(northEast)) {
        over = points.add(column, row, northLabels[column + 1] ?? UNLABELLED);
        points.link(over, fromRight);
      }
      if (!bottomSame && !westSame && !Number.isNaN(southWest)) {
        left[column] = points.add(column, row, southLabels[column] ?? UNLABELLED);
        points.link(left[column] ?? 0, fromUnder);
      }
      if (!bottomSame && !eastSame && !Number.isNaN(southEast)) {
        under = points.add(column, row, southLabels[column + 1] ?? UNLABELLED);
        right[column] = under;
      }
      if (points.count - first > 1) this.#meetings(column, first, above, below);
      if (bottomSame && eastSame && !topSame) {
        const point = points.add(column, row, southLabels[column] ?? UNLABELLED);
        points.link(point, fromRight);
        points.link(point, fromUnder);
      } else if (bottomSame && westSame && !topSame) {
        under = points.add(column, row, southLabels[column] ?? UNLABELLED);
        points.link(under, fromLeft);
      } else if (topSame && eastSame && !westSame) {
        right[column] = points.add(column, row, northLabels[column] ?? UNLABELLED);
        points.link(right[column] ?? 0, fromOver);
      } else if (topSame && westSame && !eastSame) {
        over = points.add(column, row, northLabels[column] ?? UNLABELLED);
        left[column] = over;
      }
    }
  }

  /** Marks the corners since the first where pixels of equal value touch diagonally only. */
  #meetings(column: number, first: number, above: LabelledRow, below: LabelledRow): void {
    const meet = (value: number, one: number, other: number, otherValue: number): void => {
      if (value !== otherValue) return;
      this.#labels.meet(one, other);
      for (let point = first; point < this.points.count; point++) this.pinches.add(point);
    };
    const [north, south] = [above.labels, below.labels];
    meet(
      above.values[column] ?? Number.NaN,
      north[column] ?? UNLABELLED,
      south[column + 1] ?? UNLABELLED,
      below.values[column + 1] ?? Number.NaN,
    );
    meet(
      above.values[column + 1] ?? Number.NaN,
      north[column + 1] ?? UNLABELLED,
      south[column] ?? UNLABELLED,
      below.values[column] ?? Number.NaN,
    );
  }
}
