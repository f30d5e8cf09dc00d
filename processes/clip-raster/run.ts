import type { InputsOf, Run } from '../../core/processes/declaration.ts';
import type { RunContext } from '../../core/run/context.ts';
import { InvalidInput, InvalidRequest, MissingInput } from '../../core/shared/errors.ts';
import { requirePresent } from '../../core/shared/require-present.ts';
import { openWholeRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { resolveRasterCrs } from '../../geo/raster/grid/resolve-raster-crs.ts';
import { checkPixelCount, checkPixels } from '../../geo/raster/pixel-limits.ts';
import type { Raster } from '../../geo/raster/raster.ts';
import { dividedGrid } from '../../geo/raster/strip.ts';
import { weighPixel } from '../../geo/raster/values/data-types.ts';
import { clippedBands } from './clipped-bands.ts';
import type { Part } from './part.ts';
import { partFromExtent } from './part-from-extent.ts';
import { partFromFeatures } from './part-from-features.ts';
import type declaration from './process.ts';

/** Finds the window and mask of the part, and reads no more than that of the raster. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const opened = await openWholeRaster(inputs.raster, context);
  const part = await choosePart(opened, inputs, context);
  const { raster } = part;
  const { dataType } = requirePresent(raster.bands[0], 'The band');
  const bandCount = raster.bands.length;
  const grid = dividedGrid(part.grid, context, { weight: weighPixel(dataType, bandCount) });
  const { width, height } = grid;
  checkPixels(raster, { column: 0, row: 0, width, height }, context, bandCount);
  checkPixelCount(width * height * bandCount, inputs.raster.pointer, context);
  const content = await clippedBands(part, grid, inputs.nodata, context);
  return { result: await writeRaster(content, context.format('result')) };
};

async function choosePart(
  raster: Raster,
  { extent, features, crop, allTouched }: InputsOf<typeof declaration>,
  context: RunContext,
): Promise<Part> {
  if (extent && features)
    throw new InvalidInput('/inputs/extent', 'cannot be combined with "features"; give one of them.');
  if (!extent && !features) {
    const fault = new MissingInput('/inputs/extent', 'is required unless "features" is given.');
    throw new InvalidRequest([fault]);
  }
  const crs = resolveRasterCrs(raster, context);
  return features
    ? partFromFeatures(raster, crs, features, { crop, allTouched }, context)
    : partFromExtent(raster, crs, requirePresent(extent, 'The extent'), crop);
}
