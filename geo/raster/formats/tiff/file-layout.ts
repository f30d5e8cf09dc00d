import { type Entry, Type, typeSizes } from './entries.ts';

/** An image by what its directory says and the bytes of each of its tiles. */
export interface ImageLayout {
  readonly entries: readonly Entry[];
  readonly lengths: readonly number[];
}

/** Where everything is in a file. */
export interface FileLayout {
  /** All that comes before the tiles. */
  readonly header: Uint8Array;
  /** Of each image, where its tiles begin. */
  readonly offsets: readonly (readonly number[])[];
  readonly size: number;
}

/** Sizes of the parts of a directory, in a TIFF file and in a BigTIFF file. */
interface Flavour {
  readonly header: number;
  /** Bytes of the number of entries, of an entry and of an offset. */
  readonly count: number;
  readonly entry: number;
  readonly offset: number;
  readonly offsetType: Type;
}

const CLASSIC: Flavour = { header: 8, count: 2, entry: 12, offset: 4, offsetType: Type.long };
const BIG: Flavour = { header: 16, count: 8, entry: 20, offset: 8, offsetType: Type.long8 };

const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;
/** Bytes before and after each tile of a Cloud Optimized GeoTIFF. */
export const FRAME = 4;
/** Bytes that offsets of 32 bits reach. */
const CLASSIC_BYTES = 2 ** 32;

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
 * Lays out a little-endian TIFF file by the lengths of its tiles alone: the directories, then the tiles, those of the
 * smallest image first. A file that is too large for it is a BigTIFF.
 *
 * @param cloudOptimized each tile has four bytes before and four behind it
 * @param classicBytes size from which on it is a BigTIFF
 */
export function layOutFile(
  images: readonly ImageLayout[],
  cloudOptimized: boolean,
  classicBytes = CLASSIC_BYTES,
): FileLayout {
  const classic = layOut(images, cloudOptimized, CLASSIC);
  return classic.size < classicBytes ? classic : layOut(images, cloudOptimized, BIG);
}

function layOut(images: readonly ImageLayout[], cloudOptimized: boolean, flavour: Flavour): FileLayout {
  const structure = cloudOptimized
    ? `GDAL_STRUCTURAL_METADATA_SIZE=${String(STRUCTURE.length).padStart(6, '0')} bytes\n${STRUCTURE}`
    : '';
  const frame = cloudOptimized ? FRAME : 0;
  let end = even(flavour.header + structure.length);
  const placed = images.map((image) => {
    const start = end;
    end += directoryBytes(withTiles(image, [], flavour), flavour);
    return { image, start, offsets: image.lengths.map(() => 0) };
  });
  const headerBytes = end;
  for (const { image, offsets } of placed.toReversed()) {
    for (const [tile, length] of image.lengths.entries()) {
      offsets[tile] = end + frame;
      end += length + 2 * frame;
    }
  }

  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  view.setUint16(0, 0x4949);
  view.setUint16(2, flavour === BIG ? 43 : 42, true);
  if (flavour === BIG) view.setUint16(4, flavour.offset, true);
  writeOffset(view, flavour.header - flavour.offset, placed[0]?.start ?? 0, flavour);
  new TextEncoder().encodeInto(structure, header.subarray(flavour.header));
  for (const [index, { image, start, offsets }] of placed.entries())
    writeDirectory(view, start, withTiles(image, offsets, flavour), placed[index + 1]?.start ?? 0, flavour);
  return { header, offsets: placed.map(({ offsets }) => offsets), size: end };
}

const even = (offset: number): number => offset + (offset % 2);

function withTiles(
  { entries, lengths }: ImageLayout,
  offsets: readonly number[],
  { offsetType }: Flavour,
): Entry[] {
  return [
    ...entries,
    { tag: TILE_OFFSETS, type: offsetType, values: offsets.length > 0 ? offsets : lengths },
    { tag: TILE_BYTE_COUNTS, type: Type.long, values: lengths },
  ].sort((one, other) => one.tag - other.tag);
}

const valueBytes = ({ type, values }: Entry): number => typeSizes[type] * values.length;
/** Values that do not fit into their entry stand behind the directory. */
const outside = (entry: Entry, { offset }: Flavour): number =>
  valueBytes(entry) > offset ? even(valueBytes(entry)) : 0;

/** Bytes of a directory without the values behind it. */
const tableBytes = (entries: readonly Entry[], { count, entry, offset }: Flavour): number =>
  count + entry * entries.length + offset;

const directoryBytes = (entries: readonly Entry[], flavour: Flavour): number =>
  tableBytes(entries, flavour) + entries.reduce((sum, entry) => sum + outside(entry, flavour), 0);

function writeDirectory(
  view: DataView,
  start: number,
  entries: readonly Entry[],
  next: number,
  flavour: Flavour,
): void {
  writeCount(view, start, entries.length, flavour);
  let free = start + tableBytes(entries, flavour);
  for (const [index, entry] of entries.entries()) {
    const at = start + flavour.count + flavour.entry * index;
    view.setUint16(at, entry.tag, true);
    view.setUint16(at + 2, entry.type, true);
    writeOffset(view, at + 4, entry.values.length, flavour);
    const value = at + 4 + flavour.offset;
    if (outside(entry, flavour) === 0) writeValues(view, value, entry);
    else {
      writeOffset(view, value, free, flavour);
      writeValues(view, free, entry);
      free += outside(entry, flavour);
    }
  }
  writeOffset(view, start + flavour.count + flavour.entry * entries.length, next, flavour);
}

function writeCount(view: DataView, at: number, value: number, { count }: Flavour): void {
  if (count === 2) view.setUint16(at, value, true);
  else view.setBigUint64(at, BigInt(value), true);
}

function writeOffset(view: DataView, at: number, value: number, { offset }: Flavour): void {
  if (offset === 4) view.setUint32(at, value, true);
  else view.setBigUint64(at, BigInt(value), true);
}

function writeValues(view: DataView, start: number, { type, values }: Entry): void {
  for (let index = 0; index < values.length; index++) {
    const at = start + index * typeSizes[type];
    const value = values[index] ?? 0;
    if (type === Type.ascii) view.setUint8(at, value);
    else if (type === Type.short) view.setUint16(at, value, true);
    else if (type === Type.long) view.setUint32(at, value, true);
    else if (type === Type.long8) view.setBigUint64(at, BigInt(value), true);
    else view.setFloat64(at, value, true);
  }
}
