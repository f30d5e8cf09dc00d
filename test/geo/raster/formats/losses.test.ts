import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { MediaType } from '../../../../core/shared/uris.ts';
import { crs84, isWgs84, sameCrs } from '../../../../geo/crs/crs.ts';
import { colorInterpretations } from '../../../../geo/raster/color-interpretation-names.ts';
import { writeRaster } from '../../../../geo/raster/formats/write-raster.ts';
import {
  type BandMeaning,
  type Colour,
  type DataType,
  missingTest,
  type RasterContent,
} from '../../../../geo/raster/raster.ts';
import { isFloating, newSamples } from '../../../../geo/raster/values/data-types.ts';
import { crsFrom } from '../../../support/crs.ts';
import { openBytes } from './support.ts';

/** Whatever a raster may have comes back as it was from each format, or a warning says what does not. */

const albers = crsFrom(
  'PROJCS["own",GEOGCS["GRS80",DATUM["d",SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Albers_Conic_Equal_Area"],PARAMETER["latitude_of_center",0],PARAMETER["longitude_of_center",10],PARAMETER["standard_parallel_1",20],PARAMETER["standard_parallel_2",50],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]',
);
const crss = [
  undefined,
  crs84,
  crsFrom('EPSG:4258'),
  crsFrom('EPSG:28992'),
  crsFrom('EPSG:2263'),
  crsFrom('EPSG:5514'),
  albers,
];
const dataTypes: readonly DataType[] = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'float64',
];
const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 });
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .filter((value) => value !== 0 && !Object.is(value, -0));
const meaning: fc.Arbitrary<BandMeaning> = fc.record(
  {
    scale: number,
    offset: number,
    unit: text,
    description: text,
    colorInterpretation: fc.constantFrom(...colorInterpretations),
    metadata: fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}$/), text, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const part = fc.integer({ min: 0, max: 255 }).map((value) => value * 257);
const rasters: fc.Arbitrary<RasterContent> = fc
  .record({
    dataType: fc.constantFrom(...dataTypes),
    width: fc.integer({ min: 1, max: 20 }),
    height: fc.integer({ min: 1, max: 20 }),
    count: fc.constantFrom(1, 2, 3, 4, 5),
    crs: fc.constantFrom(...crss),
    nodata: fc.option(fc.constantFrom(0, 7, Number.NaN), { nil: undefined }),
    masked: fc.boolean(),
    meanings: fc.array(meaning, { minLength: 5, maxLength: 5 }),
    colorTable: fc.option(
      fc.array(fc.tuple(part, part, part) as fc.Arbitrary<Colour>, { minLength: 1, maxLength: 300 }),
      { nil: undefined },
    ),
    metadata: fc.option(
      fc.dictionary(fc.stringMatching(/^[A-Z]{3,8}$/), text, {
        minKeys: 1,
        maxKeys: 2,
        noNullPrototype: true,
      }),
      { nil: undefined },
    ),
    seed: fc.nat(),
  })
  .map(({ count, masked, nodata, seed, meanings, colorTable, metadata, ...rest }) => {
    const { width, height, dataType } = rest;
    const isNan = nodata !== undefined && Number.isNaN(nodata);
    const bands = Array.from({ length: count }, (_, band) => {
      const samples = newSamples(dataType, width * height);
      for (let index = 0; index < samples.length; index++)
        samples[index] = (((index + band + 1) * ((seed % 97) + 1)) % 251) + (isFloating(dataType) ? 0.25 : 0);
      return samples;
    });
    const mask = () =>
      Uint8Array.from({ length: width * height }, (_, index) => ((index * 7 + seed) % 5 === 0 ? 0 : 1));
    return {
      ...rest,
      transform: [10, 0.5, 0, 50, 0, -0.25],
      bands,
      meanings: meanings.slice(0, count).map((one, index) => ofBand(one, index, count)),
      ...(nodata === undefined || (isNan && !isFloating(dataType)) ? {} : { nodata }),
      ...(masked && nodata === undefined ? { masks: bands.map(mask) } : {}),
      ...(colorTable && { colorTable }),
      ...(metadata && { metadata }),
    } satisfies RasterContent;
  });

/** An alpha channel stands behind the bands that it is of. */
const ofBand = (one: BandMeaning, index: number, count: number): BandMeaning =>
  one.colorInterpretation === 'alpha' && (index === 0 || index < count - 1)
    ? { ...one, colorInterpretation: 'gray' }
    : one;

/** Whether a pixel of a band is missing in the raster that is written. */
function missingIn(content: RasterContent, band: number): (index: number) => boolean {
  const isMissing = missingTest({
    dataType: content.dataType,
    ...(content.nodata === undefined ? {} : { nodata: content.nodata }),
  });
  const alpha =
    content.bands.length > 1
      ? (content.meanings ?? []).findIndex((one) => one.colorInterpretation === 'alpha')
      : -1;
  return (index) =>
    content.masks?.[band]?.[index] === 0 ||
    isMissing(content.bands[band]![index]!) ||
    (alpha >= 0 && alpha !== band && content.bands[alpha]![index] === 0);
}

const plainRole = (role: BandMeaning['colorInterpretation']) =>
  role === 'gray' ? 'undefined' : (role ?? 'undefined');

describe('a raster through', () => {
  for (const mediaType of [MediaType.geotiff, MediaType.cog]) {
    it(`${mediaType} comes back as it was, or a warning says what does not`, async () => {
      await fc.assert(
        fc.asyncProperty(rasters, async (content) => {
          const { bytes, remarks } = await writeRaster(content, mediaType);
          const told = remarks.join('\n');
          const read = await openBytes(bytes);
          assert.deepEqual(
            [read.width, read.height, read.transform],
            [content.width, content.height, content.transform],
          );
          const isSame =
            sameCrs(read.crs, content.crs) ||
            (content.crs && read.crs && isWgs84(read.crs) && isWgs84(content.crs));
          if (!isSame) assert.match(told, /does not record its CRS/);
          assert.deepEqual(read.metadata ?? {}, content.metadata ?? {});
          const size = content.dataType === 'uint8' ? 256 : 65_536;
          const kept = content.colorTable?.slice(0, read.colorTable?.length);
          if (content.colorTable && !read.colorTable) assert.match(told, /colour table was dropped/);
          else assert.deepEqual(read.colorTable?.slice(0, kept?.length), kept);
          if ((content.colorTable?.length ?? 0) > size && read.colorTable) assert.match(told, /colours from/);
          for (const [index, samples] of content.bands.entries()) {
            const band = read.bands[index]!;
            assert.equal(band.dataType, content.dataType);
            assert.ok(Object.is(band.nodata, content.nodata), `${band.nodata} for ${content.nodata}`);
            const found = await read.read(index + 1);
            const mask = await read.readMask?.(index + 1);
            const wasMissing = missingIn(content, index);
            const isMissing = missingTest(band);
            for (let at = 0; at < samples.length; at++) {
              const missing = mask?.[at] === 0 || isMissing(found[at]!);
              if (content.meanings?.[index]?.colorInterpretation === 'alpha') continue;
              assert.equal(missing, wasMissing(at), `pixel ${at} of band ${index + 1}`);
              if (!missing) assert.equal(found[at], samples[at]);
            }
            const {
              scale = 1,
              offset = 0,
              unit,
              description,
              metadata,
              colorInterpretation,
            } = content.meanings![index]!;
            assert.deepEqual(
              [band.scale ?? 1, band.offset ?? 0, band.unit, band.description, band.metadata],
              [scale, offset, unit, description, metadata],
            );
            if (plainRole(band.colorInterpretation) !== plainRole(colorInterpretation))
              assert.match(
                told,
                /colour/,
                `${colorInterpretation} of band ${index + 1} is ${band.colorInterpretation}`,
              );
          }
        }),
        { numRuns: 200 },
      );
    });
  }

  it('CoverageJSON comes back as it was, or a warning says what does not', async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (content) => {
        const { bytes, remarks } = await writeRaster(content, MediaType.coverageJson);
        const told = remarks.join('\n');
        const { ranges, parameters } = JSON.parse(Buffer.from(bytes).toString());
        for (const [index, samples] of content.bands.entries()) {
          const { scale = 1, offset = 0, unit, description } = content.meanings![index]!;
          const missing = missingIn(content, index);
          const { values } = ranges[`band${index + 1}`];
          const isAlpha = content.meanings?.[index]?.colorInterpretation === 'alpha';
          for (let at = 0; at < samples.length && !isAlpha; at++)
            assert.equal(values[at], missing(at) ? null : samples[at]! * scale + offset + 0);
          if (scale !== 1 || offset !== 0)
            assert.match(told, new RegExp(`applied to the values of bands? [^:]*${index + 1}`));
          const parameter = parameters[`band${index + 1}`];
          assert.equal(parameter.unit?.symbol, unit);
          assert.equal(parameter.observedProperty.label.en, description ?? `Band ${index + 1}`);
        }
        if (content.metadata || content.meanings!.some(({ metadata }) => metadata))
          assert.match(told, /metadata items/);
        if (content.colorTable) assert.match(told, /the colour table/);
      }),
      { numRuns: 200 },
    );
  });

  it('PNG comes back as it was, or a warning says what does not', async () => {
    await fc.assert(
      fc.asyncProperty(rasters, async (content) => {
        const { bytes, remarks } = await writeRaster(content, MediaType.png);
        const told = remarks.join('\n');
        if (content.crs) assert.match(told, /the georeferencing/);
        if (content.dataType !== 'uint8') return assert.match(told, /stretched/);
        const { type, stride, pixels, palette } = picture(bytes);
        const colours =
          content.meanings![0]!.colorInterpretation === 'palette' ? content.colorTable : undefined;
        if (content.colorTable && !colours) assert.match(told, /the colour table/);
        const shown = type === 3 || !(type & 2) || colours ? 1 : 3;
        for (let band = 0; band < content.bands.length; band++) {
          const samples = content.bands[band]!;
          const missing = missingIn(content, band);
          const isAlpha = content.meanings![band]!.colorInterpretation === 'alpha';
          if (band >= shown) {
            if (!isAlpha) assert.match(told, new RegExp(`bands? [^.]*${band + 1}`));
            continue;
          }
          for (let at = 0; at < samples.length; at++) {
            if (missing(at)) continue;
            const value = pixels[at * stride + band]!;
            if (!colours) assert.equal(value, samples[at]);
            else {
              const colour =
                type === 3
                  ? palette.subarray(value * 3, value * 3 + 3)
                  : pixels.slice(at * stride, at * stride + 3);
              assert.deepEqual(
                [...colour],
                (colours[samples[at]!] ?? [0, 0, 0]).map((one) => one / 257),
              );
            }
          }
        }
        return undefined;
      }),
      { numRuns: 200 },
    );
  });
});

/** What is in a PNG whose rows have the filter Sub. */
function picture(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes);
  let palette = new Uint8Array();
  const data: Buffer[] = [];
  for (let at = 8; at < buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const content = buffer.subarray(at + 8, at + 8 + length);
    const name = buffer.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT') data.push(content);
    if (name === 'PLTE') palette = new Uint8Array(content);
    at += 12 + length;
  }
  const [width, height, type] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20), buffer[25]!];
  const stride = [1, 0, 3, 1, 2, 0, 4][type]!;
  const raw = inflateSync(Buffer.concat(data));
  const pixels: number[] = [];
  for (let row = 0; row < height; row++)
    for (let at = 0; at < width * stride; at++) {
      const left = at < stride ? 0 : pixels[row * width * stride + at - stride]!;
      pixels.push((raw[row * (width * stride + 1) + 1 + at]! + left) & 255);
    }
  return { type, stride, pixels, palette };
}
