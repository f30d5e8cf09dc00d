import { InvalidInput } from '../../core/errors.ts';
import type { Run, RunContext } from '../../core/processes/declaration.ts';
import { openRaster } from '../engines/raster/open-raster.ts';
import { checkPixels } from '../engines/raster/pixel-limits.ts';
import {
  type Band,
  type DataType,
  missingTest,
  type Raster,
  type Samples,
} from '../engines/raster/raster.ts';
import { writeRaster } from '../engines/raster/write-raster.ts';
import { defaultNodata, isOfType, newSamples, roundingOf } from '../engines/raster-values/data-types.ts';
import { stripsOf } from '../engines/raster-values/strips.ts';
import type declaration from './process.ts';

/** Copies all pixels, missing ones as missing ones. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  const { width, height, transform, crs } = raster;
  checkPixels(raster, undefined, context, raster.bands.length);
  const own = raster.bands[0]!;
  const dataType = inputs.outputType ?? own.dataType;
  const nodata = nodataOf(raster, dataType, inputs.nodata);
  const bands: Samples[] = [];
  for (const index of raster.bands.keys())
    bands.push(await convertedBand(raster, index + 1, { dataType, nodata }, context));
  const content = {
    width,
    height,
    transform,
    crs,
    dataType,
    bands,
    ...(nodata === undefined ? {} : { nodata }),
  };
  return { result: await writeRaster(content, context.format('result'), inputs.compression) };
};

/** Nodata of the result: the wanted one, else that of the raster, else one where some is needed. */
function nodataOf(raster: Raster, dataType: DataType, wanted: number | undefined): number | undefined {
  const own = raster.bands[0]!;
  if (wanted !== undefined) {
    if (isExactly(dataType, wanted)) return dataType === 'float32' ? Math.fround(wanted) : wanted;
    throw new InvalidInput('/inputs/nodata', `is ${wanted}, which no pixel of type ${dataType} can be.`);
  }
  if (own.nodata !== undefined) return isExactly(dataType, own.nodata) ? own.nodata : defaultNodata(dataType);
  const losesNaN = own.dataType.startsWith('float') && !dataType.startsWith('float');
  return losesNaN || raster.readMask ? defaultNodata(dataType) : undefined;
}

/** Whether pixels can have a value; single precision may round it, but not to infinity. */
const isExactly = (dataType: DataType, value: number): boolean =>
  isOfType(dataType, value) &&
  !(dataType === 'float32' && Number.isFinite(value) && !Number.isFinite(Math.fround(value)));

async function convertedBand(
  raster: Raster,
  band: number,
  { dataType, nodata }: { readonly dataType: DataType; readonly nodata: number | undefined },
  context: RunContext,
): Promise<Samples> {
  const description = raster.bands[band - 1]!;
  const samples = newSamples(dataType, raster.width * raster.height);
  const convert = conversion(description, dataType, nodata);
  for await (const strip of stripsOf(raster, context, `Converting band ${band}`)) {
    const read = await raster.read(band, strip);
    const mask = await raster.readMask?.(strip);
    const start = strip.row * strip.width;
    if (convert === undefined) samples.set(read, start);
    else for (let index = 0; index < read.length; index++) samples[start + index] = convert(read[index]!);
    if (mask && nodata !== undefined)
      for (let index = 0; index < mask.length; index++)
        if (mask[index] === 0) samples[start + index] = nodata;
  }
  return samples;
}

/** What becomes of each value; undefined where they stay what they are. */
function conversion(
  own: Band,
  dataType: DataType,
  nodata: number | undefined,
): ((value: number) => number) | undefined {
  if (dataType === own.dataType && (own.nodata === undefined || Object.is(own.nodata, nodata)))
    return undefined;
  const isMissing = missingTest(own);
  const round = roundingOf(dataType);
  return (value) => (nodata !== undefined && isMissing(value) ? nodata : round(value));
}
