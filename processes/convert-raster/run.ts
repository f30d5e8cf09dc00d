import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { DataType, Mask, Raster, Samples, Window } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { newSamples, weighPixel } from '../../geo/raster/values/data-types.ts';
import { keepMeaning } from '../../geo/raster/values/keep-meaning.ts';
import { chooseNodata } from '../../geo/raster/values/nodata.ts';
import { readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import { tellLosses } from '../../geo/raster/values/type-losses.ts';
import type declaration from './process.ts';

/** Copies all pixels, missing ones as missing ones. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const whole = await openWholeRaster(inputs.raster, context);
  const own = requirePresent(whole.bands[0], 'The band');
  const dataType = inputs.outputType ?? own.dataType;
  const raster = dividedRaster(whole, context, { weight: weighPixel(dataType, whole.bands.length) });
  const { width, height, transform, crs, strip } = raster;
  checkPixels(raster, undefined, context, raster.bands.length);
  const nodata = chooseNodata(dataType, { wanted: inputs.nodata, own: own.nodata });
  const isSame = dataType === own.dataType && Object.is(nodata, own.nodata);
  const pixels = isSame
    ? await copiedBands(raster, context)
    : await convertedBands(raster, { dataType, nodata, wanted: inputs.nodata !== undefined }, context);
  const meaning = keepMeaning(raster, { dataType, samePixels: dataType === own.dataType }, context);
  const content = { width, height, transform, crs, ...(strip && { strip }), dataType, ...meaning, ...pixels };
  return { result: await writeRaster(content, context.format('result'), inputs.compression) };
};

/** The bands as they are, with their masks; what a mask leaves out becomes nodata where there is such a number. */
async function copiedBands(raster: Raster, context: RunContext) {
  const { dataType, nodata } = requirePresent(raster.bands[0], 'The band');
  const bands: Samples[] = [];
  const masks: (Mask | undefined)[] = [];
  for (const band of raster.bands.keys()) {
    const samples = newSamples(dataType, raster.width * raster.height);
    let mask: Mask | undefined;
    const read = (strip: Window) =>
      Promise.all([raster.read(band + 1, strip), raster.readMask?.(band + 1, strip)]);
    const strips = readStrips(raster, read, context, `Copying band ${band + 1}`);
    for await (const [strip, [values, own]] of strips) {
      const start = strip.row * strip.width;
      if (own && nodata !== undefined) fillMasked(values, own, nodata);
      else if (own) {
        mask ??= new Uint8Array(samples.length);
        mask.set(own, start);
      }
      samples.set(values, start);
    }
    bands.push(samples);
    masks.push(mask);
  }
  return { bands, masks, ...(nodata === undefined ? {} : { nodata }) };
}

function fillMasked(values: Samples, mask: Samples, nodata: number): void {
  for (let index = 0; index < values.length; index++) if (mask[index] === 0) values[index] = nodata;
}

interface Conversion {
  readonly dataType: DataType;
  readonly nodata: number | undefined;
  readonly wanted: boolean;
}

/** The bands in another data type, or with another nodata. */
async function convertedBands(raster: Raster, { dataType, nodata, wanted }: Conversion, context: RunContext) {
  const results: ResultBand[] = [];
  for (const index of raster.bands.keys()) {
    const result = new ResultBand(dataType, raster.width * raster.height, nodata);
    const read = (strip: Window) => readValues(raster, index + 1, strip);
    const strips = readStrips(raster, read, context, `Converting band ${index + 1}`);
    for await (const [strip, values] of strips) result.store(strip.row * strip.width, values);
    results.push(result);
  }
  tellLosses(
    results.map(({ losses }) => losses),
    dataType,
    context,
  );
  return settleBands(results, wanted, raster);
}
