/** Milliseconds as tables show them. */
export const milliseconds = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

/** How many times something is of something else. */
export const times = (ratio: number): string => ratio.toFixed(ratio < 10 ? 1 : 0);
