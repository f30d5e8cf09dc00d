/** By which column rows stand, and in which direction. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Numbers before texts; what is missing stands last, in both directions. */
function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number' || typeof b === 'number') return typeof a === 'number' ? -1 : 1;
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator('en', { numeric: true });
const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || Number.isNaN(value as number);

/** Numbers of the rows in the order of a column; rows with the same value stay in their order. */
export function sortRows(
  count: number,
  valueAt: (row: number, column: string) => unknown,
  sorting: Sorting | undefined,
): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  if (!sorting) return rows;
  const { column, descending } = sorting;
  const values = Array.from(rows, (row) => {
    const value = valueAt(row, column);
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
  return rows.sort((a, b) => {
    const [x, y] = [values[a], values[b]];
    const missing = Number(isMissing(x)) - Number(isMissing(y));
    if (missing !== 0) return missing;
    return (isMissing(x) ? 0 : compareValues(x, y) * (descending ? -1 : 1)) || a - b;
  });
}
