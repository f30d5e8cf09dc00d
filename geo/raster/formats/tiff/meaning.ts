import { type TiffImage, TiffTag } from '@cogeotiff/core';
import type { BandMeaning, Colour, RasterMeaning } from '../../raster.ts';
import { Photometric, readColorInterpretations } from './colours.ts';
import { parseGdalMetadata } from './gdal-metadata.ts';
import { readHeightUnit } from './height-unit.ts';
import { readTagNumber, readTagNumbers, readTagText } from './tags.ts';

const GDAL_METADATA = 42_112;

/** Tags with a text about the image, by the names of items that GDAL gives them. */
export const textTags: Readonly<Record<string, number>> = {
  TIFFTAG_DOCUMENTNAME: 269,
  TIFFTAG_IMAGEDESCRIPTION: 270,
  TIFFTAG_SOFTWARE: 305,
  TIFFTAG_DATETIME: 306,
  TIFFTAG_ARTIST: 315,
  TIFFTAG_HOSTCOMPUTER: 316,
  TIFFTAG_COPYRIGHT: 33_432,
};

export interface Meaning extends RasterMeaning {
  readonly bands: readonly BandMeaning[];
  /** What could not be understood. */
  readonly remarks: readonly string[];
}

/** What the tags of an image say of it and of its bands. */
export async function readMeaning(image: TiffImage, bandCount: number): Promise<Meaning> {
  const colours = await readColorInterpretations(image, bandCount);
  const xml = await readTagText(image, GDAL_METADATA);
  const read = xml ? parseGdalMetadata(xml) : undefined;
  const unit = readHeightUnit(image);
  const metadata = { ...(await readTexts(image)), ...read?.metadata };
  const table = await readTagNumbers(image, TiffTag.ColorMap);
  const bitmap = table.length < 3 ? await readBitmapColours(image, bandCount) : undefined;
  // A table says what grey levels look like, as GDAL has it, whatever the photometric interpretation calls them.
  const isTable = table.length >= 3 && (colours[0] === 'gray' || colours[0] === 'undefined');
  return {
    bands: colours.map((colorInterpretation, index) => ({
      ...(unit === undefined ? {} : { unit }),
      colorInterpretation: bitmap || (isTable && index === 0) ? 'palette' : colorInterpretation,
      ...read?.bands.get(index),
    })),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(table.length >= 3 && { colorTable: buildColorTable(table) }),
    ...(bitmap && { colorTable: bitmap }),
    remarks: xml && !read ? ['The GDAL metadata in the raster is damaged and was ignored.'] : [],
  };
}

/** One band of single bits is a picture in two colours, as GDAL has it: as bytes they would be two shades of black. */
async function readBitmapColours(image: TiffImage, bandCount: number): Promise<Colour[] | undefined> {
  const { 0: bits } = await readTagNumbers(image, TiffTag.BitsPerSample, [1]);
  if (bits !== 1 || bandCount !== 1) return undefined;
  const photometric = await readTagNumber(image, TiffTag.Photometric, Photometric.blackIsZero);
  return photometric === Photometric.whiteIsZero ? [WHITE, BLACK] : [BLACK, WHITE];
}

const BLACK: Colour = [0, 0, 0];
const WHITE: Colour = [65_535, 65_535, 65_535];

async function readTexts(image: TiffImage): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, tag] of Object.entries(textTags)) {
    const text = await readTagText(image, tag);
    if (text) texts[name] = text;
  }
  return texts;
}

function buildColorTable(values: ArrayLike<number>): Colour[] {
  const size = Math.floor(values.length / 3);
  return Array.from({ length: size }, (_, index) => [
    values[index] ?? 0,
    values[size + index] ?? 0,
    values[2 * size + index] ?? 0,
  ]);
}
