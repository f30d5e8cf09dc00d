/** How values of several rasters at the same pixel become one. */
export interface Merge {
  readonly put: (index: number, value: number) => void;
  /** After the last value. */
  readonly finish: () => void;
}

const nothing = (): void => {};

/** Merges into values that are NaN where nothing has been put yet. */
export const merges = {
  first: (values: Float64Array): Merge => ({
    put: (index, value) => {
      if (Number.isNaN(values[index]!)) values[index] = value;
    },
    finish: nothing,
  }),
  last: (values: Float64Array): Merge => ({
    put: (index, value) => {
      values[index] = value;
    },
    finish: nothing,
  }),
  min: (values: Float64Array): Merge => ({
    put: (index, value) => {
      if (!(values[index]! <= value)) values[index] = value;
    },
    finish: nothing,
  }),
  max: (values: Float64Array): Merge => ({
    put: (index, value) => {
      if (!(values[index]! >= value)) values[index] = value;
    },
    finish: nothing,
  }),
  mean: (values: Float64Array): Merge => {
    const counts = new Uint16Array(values.length);
    return {
      put: (index, value) => {
        values[index] = counts[index]! === 0 ? value : values[index]! + value;
        counts[index]!++;
      },
      finish: () => {
        for (let index = 0; index < values.length; index++) values[index]! /= Math.max(1, counts[index]!);
      },
    };
  },
} as const;

export type Method = keyof typeof merges;
