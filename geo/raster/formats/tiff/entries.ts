import { type Crs, isWgs84 } from '../../../crs/crs.ts';
import type { RasterContent } from '../../raster.ts';
import { coloursOf, MASK, Photometric, REDUCED } from './colours.ts';

/** A tag of a directory with its values. */
export interface Entry {
  readonly tag: number;
  readonly type: Type;
  readonly values: ArrayLike<number>;
}

/** Types of values by their code; the bytes of each. */
export const Type = { ascii: 2, short: 3, long: 4, double: 12 } as const;
export type Type = (typeof Type)[keyof typeof Type];
export const bytesOfType: Readonly<Record<Type, number>> = { 2: 1, 3: 2, 4: 4, 12: 8 };

const sampleFormats = { u: 1, i: 2, f: 3 } as const;

export interface Encoding {
  readonly compression: number;
  readonly predictor: number;
  /** Columns and rows of a tile. */
  readonly tile: number;
  /** A copy of the image in a smaller size. */
  readonly isOverview: boolean;
}

/** All that a directory says of an image but for its tiles, in ascending order of tags. */
export function entriesOf(
  content: RasterContent,
  { compression, predictor, tile, isOverview }: Encoding,
): Entry[] {
  const { width, height, dataType, bands, nodata } = content;
  const count = bands.length;
  const bits = Number(/\d+/.exec(dataType)![0]);
  const { photometric, extraSamples } = coloursOf(content);
  return [
    ...(isOverview ? [long(254, REDUCED)] : []),
    long(256, width),
    long(257, height),
    shorts(
      258,
      bands.map(() => bits),
    ),
    short(259, compression),
    short(262, photometric),
    short(277, count),
    short(284, 1),
    ...(predictor === 1 ? [] : [short(317, predictor)]),
    short(322, tile),
    short(323, tile),
    ...(extraSamples.length > 0 ? [shorts(338, extraSamples)] : []),
    shorts(
      339,
      bands.map(() => sampleFormats[dataType[0] as keyof typeof sampleFormats]),
    ),
    ...(isOverview ? [] : placeOf(content)),
    ...(nodata === undefined ? [] : [ascii(42_113, Number.isNaN(nodata) ? 'nan' : String(nodata))]),
  ];
}

/** The same of a mask: one bit or, of several bands, one byte for each band of a pixel. */
export function maskEntries(
  { width, height }: RasterContent,
  bandCount: number,
  { compression, tile, isOverview }: Omit<Encoding, 'predictor'>,
): Entry[] {
  return [
    long(254, MASK + (isOverview ? REDUCED : 0)),
    long(256, width),
    long(257, height),
    shorts(
      258,
      Array.from({ length: bandCount }, () => (bandCount === 1 ? 1 : 8)),
    ),
    short(259, compression),
    short(262, Photometric.mask),
    short(277, bandCount),
    short(284, 1),
    short(322, tile),
    short(323, tile),
    ...(bandCount === 1 ? [] : [shorts(338, new Array<number>(bandCount - 1).fill(0))]),
  ];
}

const shorts = (tag: number, values: readonly number[]): Entry => ({ tag, type: Type.short, values });
const short = (tag: number, value: number): Entry => shorts(tag, [value]);
const long = (tag: number, value: number): Entry => ({ tag, type: Type.long, values: [value] });

/** Place and CRS (OGC 19-008r4). */
function placeOf({ transform, crs }: RasterContent): Entry[] {
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  const double = (tag: number, ...values: number[]): Entry => ({ tag, type: Type.double, values });
  const isPlain = xRow === 0 && yColumn === 0 && xColumn > 0 && yRow < 0;
  const keys = crs === undefined ? [] : keysOf(crs);
  return [
    ...(isPlain
      ? [double(33_550, xColumn, -yRow, 0), double(33_922, 0, 0, 0, x, y, 0)]
      : [double(34_264, xColumn, xRow, 0, x, yColumn, yRow, 0, y, 0, 0, 0, 0, 0, 0, 0, 1)]),
    ...(keys.length > 0 ? [{ tag: 34_735, type: Type.short, values: keys }] : []),
  ];
}

/** The GeoKey directory: what kind of CRS, pixels are areas, the code. */
function keysOf(crs: Crs): number[] {
  const code = isWgs84(crs) ? 4326 : Number(crs.identifier?.code);
  const { isGeographic } = crs;
  const key = (id: number, value: number) => [id, 0, 1, value];
  return [
    1,
    1,
    0,
    3,
    ...key(1024, isGeographic ? 2 : 1),
    ...key(1025, 1),
    ...key(isGeographic ? 2048 : 3072, code),
  ];
}

function ascii(tag: number, text: string): Entry {
  return { tag, type: Type.ascii, values: Array.from(`${text}\0`, (character) => character.charCodeAt(0)) };
}
