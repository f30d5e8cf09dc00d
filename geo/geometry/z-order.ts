/**
 * Positions of boxes along a Z-order curve of their centres (G. M. Morton, 1966), so that neighbours follow one
 * another; equal places keep their order. Boxes of NaN are where the curve begins.
 *
 * @param boxes four coordinates for each.
 */
export function zOrder(boxes: Float64Array): Uint32Array {
  const count = boxes.length / 4;
  const columns = cells(boxes, 0);
  const rows = cells(boxes, 1);
  const keys = new Uint32Array(count);
  for (let index = 0; index < count; index++)
    keys[index] = spread(columns[index] ?? 0) + spread(rows[index] ?? 0) * 2;
  return positionsInOrder(keys);
}

/** Positions of keys from the least to the largest, equal ones as they are: a radix sort, one byte after the other. */
export function positionsInOrder(keys: Uint32Array): Uint32Array {
  let order = new Uint32Array(keys.length);
  let next = new Uint32Array(keys.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  for (let shift = 0; shift < 32; shift += 8) {
    const starts = new Uint32Array(257);
    for (let index = 0; index < keys.length; index++) {
      const byte = ((keys[index] ?? 0) >>> shift) & 0xff;
      starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
    }
    for (let byte = 0; byte < 256; byte++) starts[byte + 1] = (starts[byte + 1] ?? 0) + (starts[byte] ?? 0);
    for (let index = 0; index < order.length; index++) {
      const position = order[index] ?? 0;
      const byte = ((keys[position] ?? 0) >>> shift) & 0xff;
      const place = starts[byte] ?? 0;
      next[place] = position;
      starts[byte] = place + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/**
 * The centre of each box along an axis as a cell of 0 to 65535 between the least and the largest.
 *
 * @param axis 0 of x, 1 of y.
 */
function cells(boxes: Float64Array, axis: 0 | 1): Uint16Array {
  const values = new Float64Array(boxes.length / 4);
  let [least, most] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index++) {
    const value = ((boxes[index * 4 + axis] ?? Number.NaN) + (boxes[index * 4 + 2 + axis] ?? Number.NaN)) / 2;
    values[index] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = most > least ? 0x10000 / (most - least) : 0;
  const result = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++)
    result[index] = Math.min(0xffff, Math.floor(((values[index] ?? Number.NaN) - least) * scale)) || 0;
  return result;
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
