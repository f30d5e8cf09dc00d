/** The rows of a grid in parts that threads share, each of as many rows; the last one may have fewer. */
export interface RowParts {
  readonly height: number;
  readonly rowsPerPart: number;
}

/** How many rows each part has. */
export const listRowPartSizes = ({ height, rowsPerPart }: RowParts): number[] =>
  Array.from({ length: Math.ceil(height / rowsPerPart) }, (_, part) =>
    Math.min(rowsPerPart, height - part * rowsPerPart),
  );

/** The rows of a part: the first one, and the one behind the last. */
export function findPartRows(
  part: number,
  { height, rowsPerPart }: RowParts,
): readonly [first: number, end: number] {
  const first = part * rowsPerPart;
  return [first, Math.min(height, first + rowsPerPart)];
}

/** Puts the pixels of all parts, in order, into those of the grid. */
export function joinRowParts<Values extends Uint8Array | Float32Array>(
  parts: readonly (Uint8Array | Float32Array)[],
  pixels: Values,
): Values {
  let start = 0;
  for (const values of parts) {
    pixels.set(values, start);
    start += values.length;
  }
  return pixels;
}
