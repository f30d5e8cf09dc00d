import type { Run } from '../../core/processes/declaration.ts';
import { InvalidInput } from '../../core/shared/errors.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { Layer, LayerFeature } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { affineX, affineY, invertAffine } from '../../geo/raster/grid/affine.ts';
import { layerOnGrid } from '../../geo/raster/grid/longitudes.ts';
import { resolveRasterCrs } from '../../geo/raster/grid/resolve-raster-crs.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import type declaration from './process.ts';
import { sampleAround } from './sample-around.ts';
import { type Place, sampleBand } from './sample-band.ts';

/** Moves the points to the pixels of the raster, and reads only those parts of it that have points. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  checkPoints(layer);
  const opened = await openRaster(inputs.raster, context);
  const bands = inputs.bands ?? opened.bands.map((_, index) => index + 1);
  for (const [index, band] of bands.entries()) checkBand(opened, band, `/inputs/bands/${index}`);
  const raster = scaleValues(opened, bands, inputs.scaled, context);
  const crs = resolveRasterCrs(raster, context);
  const moved = await layerOnGrid(layer, { ...raster, crs }, context);
  const inverse = invertAffine(raster.transform);
  const places = moved.features.map(({ geometry }): Place | undefined => {
    if (geometry?.type !== 'Point' || geometry.coordinates.length === 0) return undefined;
    const [x = 0, y = 0] = geometry.coordinates;
    return { column: affineX(inverse, x, y), row: affineY(inverse, x, y) };
  });
  const samples = new Map<string, readonly (number | null)[]>();
  for (const band of bands) {
    const values =
      inputs.interpolation === 'bilinear'
        ? await sampleAround({ ...raster, crs }, band, places, context)
        : await sampleBand(raster, band, places, false, context);
    samples.set(`${inputs.prefix}${band}`, values);
  }
  const features = layer.features.map((feature, index): LayerFeature => {
    const values = [...samples].map(([name, column]) => [name, column[index] ?? null]);
    return { ...feature, properties: { ...feature.properties, ...Object.fromEntries(values) } };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};

function checkPoints({ features, geometryPointer }: Layer): void {
  const index = features.findIndex(({ geometry }) => geometry !== null && geometry.type !== 'Point');
  if (index >= 0)
    throw new InvalidInput(
      geometryPointer(index),
      `is a ${features[index]?.geometry?.type}; points are needed.`,
    );
}
