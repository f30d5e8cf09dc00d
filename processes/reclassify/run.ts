import type { Run } from '../../core/processes/declaration.ts';
import { type Fault, InvalidRequest } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Band, DataType, Window } from '../../geo/raster/raster.ts';
import { dividedRaster } from '../../geo/raster/strip.ts';
import { chooseFloatingType, fitsType, weighPixel } from '../../geo/raster/values/data-types.ts';
import { canHold, chooseNodata } from '../../geo/raster/values/nodata.ts';
import { isRounded, readSingles, readValues } from '../../geo/raster/values/read-values.ts';
import { ResultBand, settleBands } from '../../geo/raster/values/result-band.ts';
import { warnOfScale } from '../../geo/raster/values/scaled-raster.ts';
import { readStrips } from '../../geo/raster/values/strips.ts';
import { EXACT_SINGLES, tellLosses } from '../../geo/raster/values/type-losses.ts';
import { type Class, classifier } from './classifier.ts';
import type declaration from './process.ts';

/** Looks up the class of each pixel of a band. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const whole = await openWholeRaster(inputs.raster, context);
  checkBand(whole, inputs.band, '/inputs/band');
  warnOfScale(whole, inputs.band, context);
  const band = requirePresent(whole.bands[inputs.band - 1], 'The band');
  const dataType = inputs.outputType ?? chooseDataType(band, inputs.classes);
  const wanted = inputs.nodata;
  const nodata = chooseNodata(dataType, { wanted, own: band.nodata, computed: true });
  checkClasses(inputs.classes, dataType);

  const raster = dividedRaster(whole, context, { weight: weighPixel(dataType) });
  checkPixels(raster, undefined, context);
  checkPixelCount(raster.width * raster.height, inputs.raster.pointer, context);
  const { width, height, transform, crs, strip } = raster;
  const result = new ResultBand(dataType, width * height, nodata);
  const keep = inputs.unmatched === 'keep';
  const classify = classifier(inputs.classes, result, { dataType, keep });
  const readAll = isRounded(band.dataType) ? readValues : readSingles;
  const read = (strip: Window) => readAll(raster, inputs.band, strip);
  for await (const [strip, values] of readStrips<Float32Array | Float64Array>(
    raster,
    read,
    context,
    'Reclassifying',
  ))
    classify(strip.row * width, values);
  tellLosses([result.losses], dataType, context);
  const settled = settleBands([result], wanted !== undefined, raster);
  const content = { width, height, transform, crs, ...(strip && { strip }), dataType, ...settled };
  return { result: await writeRaster(content, context.format('result')) };
};

function chooseDataType({ dataType }: Band, classes: readonly Class[]): DataType {
  const news = classes.flatMap(({ newValue }) => (newValue === null ? [] : [newValue]));
  if (news.every((value) => fitsType(dataType, value) && !isLongForSingles(dataType, value))) return dataType;
  const floating = chooseFloatingType(dataType);
  return news.some((value) => isLongForSingles(floating, value)) ? 'float64' : floating;
}

/** Whether single precision would take digits of an integer, or has no such number. */
const isLongForSingles = (dataType: DataType, value: number): boolean =>
  dataType === 'float32' && Math.abs(value) > EXACT_SINGLES && Math.fround(value) !== value;

function checkClasses(classes: readonly Class[], dataType: DataType): void {
  const faults: Fault[] = [];
  for (const [index, { min, max, newValue }] of classes.entries()) {
    const pointer = `/inputs/classes/${index}`;
    if (min !== undefined && max !== undefined && min >= max)
      faults.push({ pointer: `${pointer}/max`, detail: `must be greater than min, ${min}, but is ${max}.` });
    if (newValue !== null && !canHold(dataType, newValue)) {
      const detail = `is ${newValue}, which is not a value that the data type ${dataType} can hold.`;
      faults.push({ pointer: `${pointer}/newValue`, detail });
    }
  }
  if (faults.length > 0) throw new InvalidRequest(faults, 'An input is not valid');
}
