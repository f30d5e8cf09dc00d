/** Boxes at most: positions have 21 of the 53 bits of a whole number. */
const MOST = 2 ** 21;

/**
 * Positions of boxes along a Z-order curve of their centres (G. M. Morton, 1966), so that neighbours follow one
 * another; equal places keep their order, and so do more boxes than any layer has. Boxes of NaN come first.
 *
 * @param boxes four coordinates for each.
 */
export function zOrder(boxes: Float64Array): Uint32Array {
  const count = boxes.length / 4;
  if (count > MOST) return Uint32Array.from({ length: count }, (_, index) => index);
  const [xs, ys] = [new Float64Array(count), new Float64Array(count)];
  for (let index = 0; index < count; index++) {
    xs[index] = (boxes[index * 4]! + boxes[index * 4 + 2]!) / 2;
    ys[index] = (boxes[index * 4 + 1]! + boxes[index * 4 + 3]!) / 2;
  }
  const [columns, rows] = [cells(xs), cells(ys)];
  // Keys of 32 bits with the positions behind them sort as plain numbers, without a function that compares.
  const keys = columns.map((column, index) => (spread(column) + spread(rows[index]!) * 2) * MOST + index);
  return Uint32Array.from(keys.sort(), (key) => key % MOST);
}

/** Each value as a cell of 0 to 65535 between the least and the largest. */
function cells(values: Float64Array): Float64Array {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = most > least ? 0x10000 / (most - least) : 0;
  return values.map((value) => Math.min(0xffff, Math.floor((value - least) * scale)) || 0);
}

/** Puts a zero between the 16 bits of a number. */
function spread(value: number): number {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  bits = (bits | (bits << 1)) & 0x55555555;
  return bits;
}
