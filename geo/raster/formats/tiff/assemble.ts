import { type Entry, Type, typeSizes } from './entries.ts';

/** An image that is ready to be put into a file. */
export interface EncodedImage {
  readonly entries: readonly Entry[];
  readonly tiles: readonly Uint8Array[];
}

const HEADER = 8;
const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;

/** What GDAL writes behind the header of a COG, and its readers rely on. */
const STRUCTURE = [
  'LAYOUT=IFDS_BEFORE_DATA',
  'BLOCK_ORDER=ROW_MAJOR',
  'BLOCK_LEADER=SIZE_AS_UINT4',
  'BLOCK_TRAILER=LAST_4_BYTES_REPEATED',
  'KNOWN_INCOMPATIBLE_EDITION=NO',
  ' ',
].join('\n');

/**
 * A little-endian TIFF file: the directories, then the tiles, those of the smallest image first.
 *
 * @param cloudOptimized each tile has its length before it and its last four bytes again behind it
 */
export function assemble(images: readonly EncodedImage[], cloudOptimized: boolean): Uint8Array {
  const structure = cloudOptimized
    ? `GDAL_STRUCTURAL_METADATA_SIZE=${String(STRUCTURE.length).padStart(6, '0')} bytes\n${STRUCTURE}`
    : '';
  const frame = cloudOptimized ? 4 : 0;
  let end = even(HEADER + structure.length);
  const placed = images.map((image) => {
    const start = end;
    end += directoryBytes(withTiles(image, []));
    return { image, start, offsets: image.tiles.map(() => 0) };
  });
  for (const { image, offsets } of placed.toReversed()) {
    for (const [tile, { length }] of image.tiles.entries()) {
      offsets[tile] = end + frame;
      end += length + 2 * frame;
    }
  }

  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, placed[0]?.start ?? 0, true);
  new TextEncoder().encodeInto(structure, file.subarray(HEADER));
  for (const [index, { image, start, offsets }] of placed.entries()) {
    writeDirectory(view, start, withTiles(image, offsets), placed[index + 1]?.start ?? 0);
    for (const [tile, bytes] of image.tiles.entries()) {
      const offset = offsets[tile] ?? 0;
      file.set(bytes, offset);
      if (!cloudOptimized) continue;
      view.setUint32(offset - frame, bytes.length, true);
      file.set(bytes.subarray(-4), offset + bytes.length);
    }
  }
  return file;
}

const even = (offset: number): number => offset + (offset % 2);

function withTiles({ entries, tiles }: EncodedImage, offsets: readonly number[]): Entry[] {
  const lengths = tiles.map(({ length }) => length);
  return [
    ...entries,
    { tag: TILE_OFFSETS, type: Type.long, values: offsets.length > 0 ? offsets : lengths },
    { tag: TILE_BYTE_COUNTS, type: Type.long, values: lengths },
  ].sort((one, other) => one.tag - other.tag);
}

const valueBytes = ({ type, values }: Entry): number => typeSizes[type] * values.length;
/** Values that do not fit into their entry stand behind the directory. */
const outside = (entry: Entry): number => (valueBytes(entry) > 4 ? even(valueBytes(entry)) : 0);

const directoryBytes = (entries: readonly Entry[]): number =>
  2 + 12 * entries.length + 4 + entries.reduce((sum, entry) => sum + outside(entry), 0);

function writeDirectory(view: DataView, start: number, entries: readonly Entry[], next: number): void {
  view.setUint16(start, entries.length, true);
  let free = start + 2 + 12 * entries.length + 4;
  for (const [index, entry] of entries.entries()) {
    const at = start + 2 + 12 * index;
    view.setUint16(at, entry.tag, true);
    view.setUint16(at + 2, entry.type, true);
    view.setUint32(at + 4, entry.values.length, true);
    if (outside(entry) === 0) writeValues(view, at + 8, entry);
    else {
      view.setUint32(at + 8, free, true);
      writeValues(view, free, entry);
      free += outside(entry);
    }
  }
  view.setUint32(start + 2 + 12 * entries.length, next, true);
}

function writeValues(view: DataView, start: number, { type, values }: Entry): void {
  for (let index = 0; index < values.length; index++) {
    const at = start + index * typeSizes[type];
    const value = values[index] ?? 0;
    if (type === Type.ascii) view.setUint8(at, value);
    else if (type === Type.short) view.setUint16(at, value, true);
    else if (type === Type.long) view.setUint32(at, value, true);
    else view.setFloat64(at, value, true);
  }
}
