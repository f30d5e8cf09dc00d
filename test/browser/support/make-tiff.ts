/** Bytes of an entry of a directory. */
const ENTRY = 12;
const [SHORT, LONG, DOUBLE] = [3, 4, 12];

type Entry = readonly [tag: number, type: number, values: readonly number[]];

/**
 * A tiled GeoTIFF of bytes in degrees, with overviews, of which all tiles of a level are the same piece of the file: as
 * large as one likes, and yet of some kilobytes.
 *
 * @param value of all pixels of a level, by its number.
 */
export function makeHugeTiff({
  side,
  tile,
  levels,
  value,
}: {
  readonly side: number;
  readonly tile: number;
  readonly levels: number;
  readonly value: (level: number) => number;
}): Uint8Array {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let length = 8;
  const put = (bytes: Buffer): number => {
    const at = length;
    parts.push(bytes);
    length += bytes.length;
    return at;
  };
  let link = { part: 0, at: 4 };
  for (let level = 0; level < levels; level++) {
    const size = side >> level;
    const count = Math.ceil(size / tile) ** 2;
    const data = put(Buffer.alloc(tile * tile, value(level)));
    const directory = makeDirectory(
      [
        [254, LONG, [level === 0 ? 0 : 1]],
        [256, LONG, [size]],
        [257, LONG, [size]],
        [258, SHORT, [8]],
        [259, SHORT, [1]],
        [262, SHORT, [1]],
        [277, SHORT, [1]],
        [322, LONG, [tile]],
        [323, LONG, [tile]],
        [324, LONG, Array.from({ length: count }, () => data)],
        [325, LONG, Array.from({ length: count }, () => tile * tile)],
        [33550, DOUBLE, [10 / size, 10 / size, 0]],
        [33922, DOUBLE, [0, 0, 0, 20, 50, 0]],
        [34735, SHORT, [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]],
      ],
      put,
    );
    const at = put(directory.bytes);
    parts[link.part]?.writeUInt32LE(at, link.at);
    link = { part: parts.length - 1, at: directory.bytes.length - 4 };
  }
  return Buffer.concat(parts);
}

function makeDirectory(entries: readonly Entry[], put: (bytes: Buffer) => number): { bytes: Buffer } {
  const bytes = Buffer.alloc(2 + entries.length * ENTRY + 4);
  bytes.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, values]] of entries.entries()) {
    const at = 2 + index * ENTRY;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(values.length, at + 4);
    const encoded = encode(type, values);
    if (encoded.length <= 4) encoded.copy(bytes, at + 8);
    else bytes.writeUInt32LE(put(encoded), at + 8);
  }
  return { bytes };
}

function encode(type: number, values: readonly number[]): Buffer {
  const size = type === SHORT ? 2 : type === LONG ? 4 : 8;
  const bytes = Buffer.alloc(values.length * size);
  for (const [index, value] of values.entries()) {
    if (type === SHORT) bytes.writeUInt16LE(value, index * 2);
    else if (type === LONG) bytes.writeUInt32LE(value, index * 4);
    else bytes.writeDoubleLE(value, index * 8);
  }
  return bytes;
}
