import type { Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { checkPixels } from '../../geo/raster/pixel-limits.ts';
import {
  type DataType,
  missingTest,
  type Raster,
  type Samples,
  type Window,
} from '../../geo/raster/raster.ts';
import { defaultNodata, isOfType, newSamples, roundingOf } from '../../geo/raster/values/data-types.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import type declaration from './process.ts';

/** Copies all pixels, missing ones as missing ones. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const raster = await openRaster(inputs.raster, context);
  const { width, height, transform, crs } = raster;
  checkPixels(raster, undefined, context, raster.bands.length);
  const own = raster.bands[0]!;
  const dataType = inputs.outputType ?? own.dataType;
  const wanted = inputs.nodata ?? own.nodata;
  const nodata = nodataOf(raster, dataType, inputs.nodata);
  const bands: Converted[] = [];
  for (const index of raster.bands.keys())
    bands.push(await convertedBand(raster, index + 1, { dataType, nodata }, context));
  // Nodata that nobody asked for is there only if something is missing.
  const needed = wanted !== undefined || bands.some(({ missing }) => missing > 0);
  const taken = bands.reduce((sum, band) => sum + band.taken, 0);
  // Where a raster without nodata gets one, its pixels with that value are meant to be missing.
  if (needed && taken > 0 && (own.nodata !== undefined || inputs.nodata === undefined)) {
    const remark = `${taken} pixels have the value ${nodata}, which is nodata in the result; give another nodata to keep them.`;
    context.warn(remark, { input: raster.pointer });
  }
  const content = {
    width,
    height,
    transform,
    crs,
    dataType,
    bands: bands.map(({ samples }) => samples),
    ...(needed && nodata !== undefined ? { nodata } : {}),
  };
  return { result: await writeRaster(content, context.format('result'), inputs.compression) };
};

/** Nodata of the result: the wanted one, else that of the raster, else one where some may be needed. */
function nodataOf(raster: Raster, dataType: DataType, wanted: number | undefined): number | undefined {
  const own = raster.bands[0]!;
  if (wanted !== undefined) {
    if (canHold(dataType, wanted)) return dataType === 'float32' ? Math.fround(wanted) : wanted;
    throw new InvalidInput('/inputs/nodata', `is ${wanted}, which no pixel of type ${dataType} can be.`);
  }
  if (own.nodata !== undefined) return canHold(dataType, own.nodata) ? own.nodata : defaultNodata(dataType);
  const losesNaN = own.dataType.startsWith('float') && !dataType.startsWith('float');
  return losesNaN || raster.readMask ? defaultNodata(dataType) : undefined;
}

/** Whether pixels can have a value; single precision may round it, but not to infinity. */
const canHold = (dataType: DataType, value: number): boolean =>
  isOfType(dataType, value) &&
  !(dataType === 'float32' && Number.isFinite(value) && !Number.isFinite(Math.fround(value)));

interface Converted {
  readonly samples: Samples;
  /** Pixels that are missing, and those that are not but have the value of nodata. */
  readonly missing: number;
  readonly taken: number;
}

async function convertedBand(
  raster: Raster,
  band: number,
  { dataType, nodata }: { readonly dataType: DataType; readonly nodata: number | undefined },
  context: RunContext,
): Promise<Converted> {
  const own = raster.bands[band - 1]!;
  const samples = newSamples(dataType, raster.width * raster.height);
  const isMissing = missingTest(own);
  const round = roundingOf(dataType);
  let missing = 0;
  let taken = 0;
  const readStrip = (strip: Window) => Promise.all([raster.read(band, strip), raster.readMask?.(strip)]);
  const strips = readStrips(raster, readStrip, context, `Converting band ${band}`);
  for await (const [strip, [read, mask]] of strips) {
    const start = strip.row * strip.width;
    for (let index = 0; index < read.length; index++) {
      const value = read[index]!;
      if (nodata !== undefined && (mask?.[index] === 0 || isMissing(value))) {
        samples[start + index] = nodata;
        missing++;
      } else {
        samples[start + index] = round(value);
        if (samples[start + index] === nodata) taken++;
      }
    }
  }
  return { samples, missing, taken };
}
