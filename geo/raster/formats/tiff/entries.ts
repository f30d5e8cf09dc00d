import { packGeoKeys, type WrittenKeys } from '../../../crs/geokeys-from-crs.ts';
import type { ColorInterpretation } from '../../color-interpretation-names.ts';
import type { RasterContent } from '../../raster.ts';
import { choosePhotometric, MASK, Photometric, REDUCED } from './colours.ts';
import { methods } from './compress.ts';
import { formatGdalMetadata } from './gdal-metadata.ts';
import { textTags } from './meaning.ts';

/** A tag of a directory with its values. */
export interface Entry {
  readonly tag: number;
  readonly type: Type;
  readonly values: ArrayLike<number>;
}

/** Types of values by their code; the bytes of each. */
export const Type = { ascii: 2, short: 3, long: 4, double: 12, long8: 16 } as const;
export type Type = (typeof Type)[keyof typeof Type];
export const typeSizes: Readonly<Record<Type, number>> = { 2: 1, 3: 2, 4: 4, 12: 8, 16: 8 };

const sampleFormats = { u: 1, i: 2, f: 3 } as const;

export interface Encoding {
  readonly compression: number;
  readonly predictor: number;
  /** Columns and rows of a tile. */
  readonly tile: number;
  /** A copy of the image in a smaller size. */
  readonly isOverview: boolean;
  /** Of the CRS; none where it has none that they can say. */
  readonly geoKeys: WrittenKeys;
}

/** All that a directory says of an image but for its tiles. */
export function buildEntries(
  content: RasterContent,
  { compression, predictor, tile, isOverview, geoKeys }: Encoding,
): Entry[] {
  const { width, height, dataType, bands, nodata } = content;
  const count = bands.length;
  const bits = Number(dataType.replace(/\D+/, ''));
  const { photometric, extraSamples, implied, colorMap } = choosePhotometric(content);
  return [
    ...(isOverview ? [long(254, REDUCED)] : []),
    long(256, width),
    long(257, height),
    short(
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
    ...(colorMap ? [short(320, colorMap)] : []),
    ...(extraSamples.length > 0 ? [short(338, extraSamples)] : []),
    short(
      339,
      bands.map(() => sampleFormats[dataType[0] as keyof typeof sampleFormats]),
    ),
    ...(isOverview ? [] : [...buildGeoreference(content, geoKeys), ...buildTextEntries(content, implied)]),
    ...(nodata === undefined ? [] : [ascii(42_113, Number.isNaN(nodata) ? 'nan' : String(nodata))]),
  ];
}

/** What is said in words: texts with tags of their own, and all else in that of GDAL. */
function buildTextEntries(
  { metadata = {}, meanings }: RasterContent,
  implied: readonly ColorInterpretation[],
): Entry[] {
  const own = Object.entries(metadata).flatMap(([name, value]) => {
    const tag = textTags[name];
    return tag === undefined ? [] : [ascii(tag, value)];
  });
  const others = Object.entries(metadata).filter(([name]) => textTags[name] === undefined);
  const xml = formatGdalMetadata(Object.fromEntries(others), meanings, implied);
  return [...own, ...(xml === undefined ? [] : [ascii(42_112, xml)])];
}

/** The same of a mask: one bit or, of several bands, one byte for each band of a pixel. */
export function maskEntries(
  { width, height }: Pick<RasterContent, 'width' | 'height'>,
  bandCount: number,
  { tile, isOverview }: Pick<Encoding, 'tile' | 'isOverview'>,
): Entry[] {
  return [
    long(254, MASK + (isOverview ? REDUCED : 0)),
    long(256, width),
    long(257, height),
    short(258, new Array<number>(bandCount).fill(bandCount === 1 ? 1 : 8)),
    short(259, methods.deflate.code),
    short(262, Photometric.mask),
    short(277, bandCount),
    short(284, 1),
    short(322, tile),
    short(323, tile),
    ...(bandCount === 1 ? [] : [short(338, new Array<number>(bandCount - 1).fill(0))]),
  ];
}

const short = (tag: number, values: number | ArrayLike<number>): Entry => ({
  tag,
  type: Type.short,
  values: typeof values === 'number' ? [values] : values,
});
const long = (tag: number, value: number): Entry => ({ tag, type: Type.long, values: [value] });

/** Place and CRS (OGC 19-008r4). */
function buildGeoreference({ transform }: RasterContent, geoKeys: WrittenKeys): Entry[] {
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  const double = (tag: number, ...values: number[]): Entry => ({ tag, type: Type.double, values });
  const isPlain = xRow === 0 && yColumn === 0 && xColumn > 0 && yRow < 0;
  const { directory, numbers, texts } = packGeoKeys(geoKeys);
  return [
    ...(isPlain
      ? [double(33_550, xColumn, -yRow, 0), double(33_922, 0, 0, 0, x, y, 0)]
      : [double(34_264, xColumn, xRow, 0, x, yColumn, yRow, 0, y, 0, 0, 0, 0, 0, 0, 0, 1)]),
    ...(geoKeys.size > 0 ? [{ tag: 34_735, type: Type.short, values: directory }] : []),
    ...(numbers.length > 0 ? [double(34_736, ...numbers)] : []),
    ...(texts === '' ? [] : [ascii(34_737, texts)]),
  ];
}

/** Text in UTF-8, as GDAL writes it. */
const ascii = (tag: number, text: string): Entry => ({
  tag,
  type: Type.ascii,
  values: new TextEncoder().encode(`${text}\0`),
});
