import type { Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { validFeatures } from '../../geo/geos/valid-features.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { paceOf } from '../../geo/layer/pace.ts';
import { readNumber } from '../../geo/layer/properties.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { outputGrid } from '../../geo/raster/grid/output-grid.ts';
import { newSamples } from '../../geo/raster/values/data-types.ts';
import { nodataOfResult } from '../../geo/raster/values/store-values.ts';
import { numericFieldFault } from '../../geo/statistics/aggregates.ts';
import { type Burner, burnerInto } from './burner.ts';
import type declaration from './process.ts';

/** Burns feature after feature into the grid, in its CRS. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const nodata = nodataOfResult(inputs.nodata, inputs.outputType);
  const layer = await readLayer(inputs.features, context);
  checkField(layer, inputs.field);
  const kept = await validFeatures(layer, inputs.invalidGeometry, context);
  const valid: Layer = {
    ...layer,
    features: kept.map(({ feature }) => feature),
    geometryPointer: (index) => layer.geometryPointer(kept[index]!.index),
  };
  const { grid, layer: moved } = await outputGrid(inputs, valid, context);

  const samples = newSamples(inputs.outputType, grid.width * grid.height).fill(nodata);
  const burn: Burner = burnerInto(samples, grid, inputs);
  const tell = paceOf(context, moved.features.length, 'Burning features');
  for (const [index, feature] of moved.features.entries()) {
    await tell(index);
    const value = burnValue(feature, inputs.field, inputs.value);
    if (value !== undefined && feature.geometry !== null) burn(feature.geometry, value);
  }
  const content = { ...grid, dataType: inputs.outputType, nodata, bands: [samples] };
  return { result: await writeRaster(content, context.format('result')) };
};

function burnValue(
  { properties }: LayerFeature,
  field: string | undefined,
  value: number,
): number | undefined {
  if (field === undefined) return value;
  return readNumber(properties, field);
}

function checkField({ features }: Layer, field: string | undefined): void {
  if (field === undefined || features.length === 0) return;
  const detail = numericFieldFault(features, field, 'a raster');
  if (detail) throw new InvalidInput('/inputs/field', detail);
}
