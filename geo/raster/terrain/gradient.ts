export const algorithms = ['horn', 'zevenbergenThorne'] as const;
export type Algorithm = (typeof algorithms)[number];

/** How elevations change around the pixels of a row: west minus east, and south minus north. */
export interface Differences {
  readonly across: Float32Array;
  readonly down: Float32Array;
}

/** Fills in the differences around the first `count` pixels; the rows have a pixel more at both ends. */
type Difference = (
  above: Float32Array,
  middle: Float32Array,
  below: Float32Array,
  differences: Differences,
  count: number,
) => void;

const { fround } = Math;

/** 1 2 1 in single precision, in the order of gdaldem: near-flat aspects depend on it. */
const weighted = (first: number, middle: number, last: number): number =>
  fround(fround(fround(first + middle) + middle) + last);

const methods: Readonly<Record<Algorithm, Difference>> = {
  horn: (above, middle, below, { across, down }, count) => {
    // The sum of a column is that of the west for the pixel after the next.
    let west = weighted(above[0] ?? 0, middle[0] ?? 0, below[0] ?? 0);
    let here = weighted(above[1] ?? 0, middle[1] ?? 0, below[1] ?? 0);
    for (let column = 0; column < count; column++) {
      const northEast = above[column + 2] ?? 0;
      const southEast = below[column + 2] ?? 0;
      const east = weighted(northEast, middle[column + 2] ?? 0, southEast);
      across[column] = west - east;
      down[column] =
        weighted(below[column] ?? 0, below[column + 1] ?? 0, southEast) -
        weighted(above[column] ?? 0, above[column + 1] ?? 0, northEast);
      west = here;
      here = east;
    }
  },
  zevenbergenThorne: (above, middle, below, { across, down }, count) => {
    for (let column = 0; column < count; column++) {
      across[column] = (middle[column] ?? 0) - (middle[column + 2] ?? 0);
      down[column] = (below[column + 1] ?? 0) - (above[column + 1] ?? 0);
    }
  },
};

/** The number of pixel widths that a difference spans. */
export const spans: Readonly<Record<Algorithm, number>> = { horn: 8, zevenbergenThorne: 2 };

/**
 * Differences around the pixels of one row after the other, in arrays that the next row overwrites. Horn, B. K. P. (1981):
 * Hill shading and the reflectance map. Zevenbergen, L. W. and Thorne, C. R. (1987): Quantitative analysis of land surface
 * topography.
 */
export function makeDifferences(
  algorithm: Algorithm,
): (above: Float32Array, middle: Float32Array, below: Float32Array, count: number) => Differences {
  const fill = methods[algorithm];
  let differences: Differences = { across: new Float32Array(0), down: new Float32Array(0) };
  return (above, middle, below, count) => {
    if (differences.across.length < count)
      differences = { across: new Float32Array(count), down: new Float32Array(count) };
    fill(above, middle, below, differences, count);
    return differences;
  };
}
