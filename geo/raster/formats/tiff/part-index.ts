import type { DataType } from '../../raster.ts';
import type { Compression } from './compress.ts';
import { type Entry, Type } from './entries.ts';

/** What the bytes of a part begin with. */
const MAGIC = 'PART';
/** Bytes before the index: those and its length. */
const START = 8;
/** Bytes that are read first: of most parts they have all of the index. */
const FIRST_READ = 64 * 1024;

/** What all parts of a file say alike. Numbers are in base64, so that they come back to the last bit. */
export interface PartsFile {
  readonly cloudOptimized: boolean;
  readonly compression: Compression;
  readonly tile: number;
  readonly dataType: DataType;
  readonly bandCount: number;
  readonly nodata?: string;
  readonly width: number;
  readonly height: number;
  /** Of the image itself, then of its overviews, the largest first. */
  readonly directories: readonly (readonly (readonly [tag: number, type: number, values: string])[])[];
}

/** What a part has; offsets are those from the end of the index. */
export interface PartIndex {
  readonly file: PartsFile;
  /** Rows of the image, up to but without `end`. */
  readonly first: number;
  readonly end: number;
  /** Bytes of each of its tiles, without what is around them; they come first, one after the other. */
  readonly lengths: readonly number[];
  /** Of each overview the rows that are in the part, plain: row by row, of each row band by band. */
  readonly overviews: readonly { readonly first: number; readonly rows: number; readonly offset: number }[];
  /** Where pixels are missing that only a mask tells. */
  readonly masks?: PartMasks;
  /**
   * What the part says of an alpha channel: that pixels are missing, or that none is and it was changed all the same, which is
   * right only where pixels are missing in another part.
   */
  readonly alpha?: 'missing' | 'moved';
}

/**
 * The masks of a part. Whether the file has one mask or one for each band is known when all parts are done: where the bands of
 * a part miss the same pixels, it has both.
 */
export interface PartMasks {
  /** Tiles of the mask that all bands share; absent where they miss different pixels. */
  readonly shared?: PackedTiles;
  /** Tiles of a mask for each band; absent where there is one band. */
  readonly perBand?: PackedTiles;
  /** Where the masks of the rows of each overview begin, a byte for each pixel: row by row, of each row mask by mask. */
  readonly overviews: readonly number[];
}

/** Tiles one after the other: where they begin, and the bytes of each without what is around it. */
export interface PackedTiles {
  readonly offset: number;
  readonly lengths: readonly number[];
}

/** Values of a number of any kind, in base64. */
export const packNumbers = (values: ArrayLike<number>): string =>
  Buffer.from(Float64Array.from(values).buffer).toString('base64');

/** The reverse of {@link packNumbers}. */
export function unpackNumbers(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float64Array(bytes.buffer);
}

/** Entries of an IFD as JSON holds them. */
export const packEntries = (entries: readonly Entry[]): PartsFile['directories'][number] =>
  entries.map(({ tag, type, values }) => [tag, type, packNumbers(values)]);

const types = new Set<number>(Object.values(Type));

/** The reverse of {@link packEntries}. @throws Error for a type that TIFF does not have */
export const unpackEntries = (entries: PartsFile['directories'][number]): Entry[] =>
  entries.map(([tag, type, values]) => {
    if (!types.has(type)) throw new Error(`A part has an entry of type ${type}`);
    return { tag, type: type as Type, values: unpackNumbers(values) };
  });

/** The beginning of a part: its index, with what is needed to read it. */
export function indexBytes(index: PartIndex): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(index));
  const bytes = new Uint8Array(START + text.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length, true);
  bytes.set(text, START);
  return bytes;
}

/** Reads the index of a part. @returns it, and where the data begin. @throws Error when it is none */
export async function readPartIndex(
  read: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<{ readonly index: PartIndex; readonly start: number }> {
  const first = await read(0, FIRST_READ);
  if (first.length < START || new TextDecoder().decode(first.subarray(0, MAGIC.length)) !== MAGIC)
    throw new Error('An object is no part of a raster');
  const length = new DataView(first.buffer, first.byteOffset).getUint32(MAGIC.length, true);
  const start = START + length;
  const bytes = first.length >= start ? first.subarray(START, start) : await read(START, length);
  return { index: JSON.parse(new TextDecoder().decode(bytes)) as PartIndex, start };
}
