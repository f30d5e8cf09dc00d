/** How values of several rasters at the same pixel become one. */
export interface Merge {
  /** Puts values in a row of pixels that begins at an index; NaN changes nothing. */
  readonly put: (start: number, row: Float64Array) => void;
  /** After the last value. */
  readonly finish: () => void;
}

const nothing = (): void => {};

/** Merges into values that are NaN where nothing has been put yet. */
export const merges = {
  first: (values: Float64Array): Merge => ({
    put: (start, row) => {
      for (let column = 0; column < row.length; column++) {
        const value = row[column] ?? Number.NaN;
        if (Number.isNaN(values[start + column] ?? Number.NaN)) values[start + column] = value;
      }
    },
    finish: nothing,
  }),
  last: (values: Float64Array): Merge => ({
    put: (start, row) => {
      for (let column = 0; column < row.length; column++) {
        const value = row[column] ?? Number.NaN;
        if (!Number.isNaN(value)) values[start + column] = value;
      }
    },
    finish: nothing,
  }),
  min: (values: Float64Array): Merge => ({
    put: (start, row) => {
      for (let column = 0; column < row.length; column++) {
        const value = row[column] ?? Number.NaN;
        if (!Number.isNaN(value) && !((values[start + column] ?? Number.NaN) <= value))
          values[start + column] = value;
      }
    },
    finish: nothing,
  }),
  max: (values: Float64Array): Merge => ({
    put: (start, row) => {
      for (let column = 0; column < row.length; column++) {
        const value = row[column] ?? Number.NaN;
        if (!Number.isNaN(value) && !((values[start + column] ?? Number.NaN) >= value))
          values[start + column] = value;
      }
    },
    finish: nothing,
  }),
  mean: (values: Float64Array): Merge => {
    const counts = new Uint16Array(values.length);
    return {
      put: (start, row) => {
        for (let column = 0; column < row.length; column++) {
          const value = row[column] ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          const index = start + column;
          const count = counts[index] ?? 0;
          values[index] = count === 0 ? value : (values[index] ?? Number.NaN) + value;
          counts[index] = count + 1;
        }
      },
      finish: () => {
        for (let index = 0; index < values.length; index++)
          values[index] = (values[index] ?? Number.NaN) / Math.max(1, counts[index] ?? 1);
      },
    };
  },
} as const;

export type Method = keyof typeof merges;
