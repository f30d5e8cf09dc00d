import type { Run } from '../../core/processes/declaration.ts';
import { counted } from '../../core/shared/quote.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { writeLayer } from '../../geo/formats/write.ts';
import type { LayerFeature } from '../../geo/layer/layer.ts';
import { checkBand } from '../../geo/raster/band.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { resolveRasterCrs } from '../../geo/raster/grid/resolve-raster-crs.ts';
import { scaleValues } from '../../geo/raster/values/scaled-raster.ts';
import { checkPoints, findPlaces } from './places.ts';
import type declaration from './process.ts';
import { sampleAround } from './sample-around.ts';
import { sampleBand } from './sample-band.ts';

/** Moves the points to the pixels of the raster, and reads only those parts of it that have points. */
export const run: Run<typeof declaration> = async (inputs, context) => {
  const layer = await readLayer(inputs.features, context);
  checkPoints(layer);
  const opened = await openRaster(inputs.raster, context);
  const bands = inputs.bands ?? opened.bands.map((_, index) => index + 1);
  for (const [index, band] of bands.entries()) checkBand(opened, band, `/inputs/bands/${index}`);
  const raster = scaleValues(opened, bands, inputs.scaled, context);
  const crs = resolveRasterCrs(raster, context);
  const places = await findPlaces(layer, { ...raster, crs }, context);
  const incomplete = new Set<number>();
  const samples = new Map<string, readonly (number | null)[]>();
  for (const band of bands) {
    const values =
      inputs.interpolation === 'bilinear'
        ? await sampleAround({ ...raster, crs }, band, places, incomplete, context)
        : await sampleBand(raster, band, places, undefined, context);
    samples.set(`${inputs.prefix}${band}`, values);
  }
  const [first] = incomplete;
  if (first !== undefined)
    context.warn(
      `${counted(incomplete.size, 'point has', 'points have')} no interpolated value, only null, within half a pixel of the edge of the raster or next to nodata. The "interpolation" "nearest" gives the value of the pixel.`,
      { first: layer.geometryPointer(first) },
    );
  const features = layer.features.map((feature, index): LayerFeature => {
    const values = [...samples].map(([name, column]) => [name, column[index] ?? null]);
    return { ...feature, properties: { ...feature.properties, ...Object.fromEntries(values) } };
  });
  return { result: await writeLayer({ ...layer, features }, context.format('result')) };
};
