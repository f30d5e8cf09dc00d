import type { Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { validFeatures } from '../../geo/geos/valid-features.ts';
import { featureProgress } from '../../geo/layer/feature-progress.ts';
import { numericFieldFault } from '../../geo/layer/field-faults.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { readNumber } from '../../geo/layer/properties.ts';
import { checkBurnWork } from '../../geo/raster/burn/burn-work.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { outputGrid } from '../../geo/raster/grid/output-grid.ts';
import type { DataType, Mask, Samples } from '../../geo/raster/raster.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { chooseNodata, refuseNodata } from '../../geo/raster/values/nodata.ts';
import { noLosses, tellLosses } from '../../geo/raster/values/type-losses.ts';
import { type Burner, burnerInto } from './burner.ts';
import type declaration from './process.ts';

/** What it takes to fill a pixel, or to add to one what is not counted twice. */
const FILLED_NANOSECONDS = 1.5;
const ADDED_NANOSECONDS = 50;

/** Burns feature after feature into the grid, in its CRS. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const { outputType: dataType, nodata: wanted } = inputs;
  const nodata = chooseNodata(dataType, { wanted, computed: true });
  const layer = await readLayer(inputs.features, context);
  checkField(layer, inputs.field);
  const kept = await validFeatures(layer, inputs.invalidGeometry, context);
  const valid: Layer = {
    ...layer,
    features: kept.map(({ feature }) => feature),
    geometryPointer: (index) => layer.geometryPointer(kept[index]?.index ?? index),
  };
  const { grid, layer: moved } = await outputGrid(inputs, valid, context);

  const geometries = moved.features.map(({ geometry }) => geometry);
  const pixel = inputs.merge === 'add' ? ADDED_NANOSECONDS : FILLED_NANOSECONDS;
  checkBurnWork(geometries, grid, { pixel, pointer: '/inputs/features' });

  const samples = newSamples(dataType, grid.width * grid.height);
  if (nodata !== undefined) samples.fill(nodata);
  // Ones where something is burnt.
  const mask: Mask = new Uint8Array(samples.length);
  const losses = noLosses();
  const burn: Burner = burnerInto(samples, mask, grid, { ...inputs, losses });
  const reportProgress = featureProgress(context, moved.features.length, 'Burning features');
  let inexact = 0;
  const tellInexact = (): void => void inexact++;
  for (const [index, feature] of moved.features.entries()) {
    await reportProgress(index);
    const value = burnValue(feature, inputs, tellInexact);
    if (value !== undefined && feature.geometry !== null) {
      checkRange(value, dataType, inputs.field);
      burn(feature.geometry, value);
    }
  }
  const of = inputs.merge === 'add' ? (['sum', 'sums'] as const) : (['value', 'values'] as const);
  tellLosses([losses], dataType, context, { of });
  if (inexact > 0) context.warn(describeInexact(inexact));
  const taken = nodata === undefined ? 0 : countBurnt(samples, mask, nodata);
  if (nodata !== undefined && wanted !== undefined && taken > 0) refuseNodata(nodata, taken);
  const missing = nodata === undefined || taken > 0 ? { masks: [mask] } : { nodata };
  const content = { ...grid, dataType, bands: [samples], ...missing };
  return { result: await writeRaster(content, context.format('result')) };
};

/** @throws InvalidInput for a value that would become infinite */
function checkRange(value: number, dataType: DataType, field: string | undefined): void {
  if (dataType !== 'float32' || !Number.isFinite(value) || Number.isFinite(Math.fround(value))) return;
  const detail = `${field === undefined ? 'is' : 'names values such as'} ${value}, which is beyond the range of float32; set "outputType" to "float64".`;
  throw new InvalidInput(field === undefined ? '/inputs/value' : '/inputs/field', detail);
}

/** Pixels into which the value of nodata is burnt. */
function countBurnt(samples: Samples, mask: Mask, nodata: number): number {
  let count = 0;
  for (let index = 0; index < samples.length; index++)
    if (samples[index] === nodata && mask[index] === 1) count++;
  return count;
}

function burnValue(
  { properties }: LayerFeature,
  { field, value }: { readonly field?: string | undefined; readonly value: number },
  tellInexact: () => void,
): number | undefined {
  if (field === undefined) return value;
  return readNumber(properties, field, tellInexact);
}

const describeInexact = (count: number): string =>
  `${count === 1 ? '1 value is an integer' : `${count} values are integers`} beyond 2^53, which pixels do not hold exactly; the nearest ${count === 1 ? 'number was' : 'numbers were'} burned.`;

function checkField({ features }: Layer, field: string | undefined): void {
  if (field === undefined || features.length === 0) return;
  const detail = numericFieldFault(features, field, 'a raster');
  if (detail) throw new InvalidInput('/inputs/field', detail);
}
