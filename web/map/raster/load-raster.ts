import { getCenter } from 'ol/extent.js';
import type Projection from 'ol/proj/Projection.js';
import { transformExtent } from 'ol/proj.js';
import { mapStrings } from '../../../strings/map.ts';
import { findProjection } from '../crs/projection.ts';
import type { LayerText } from '../shared/layer-text.ts';
import { PixelCache } from './pixel-cache.ts';
import { openRaster } from './raster.ts';
import { RasterMapLayer } from './raster-layer.ts';
import { defaultStyle } from './style.ts';

/** Opens a raster and finds out what it should look like. */
export async function loadRaster(
  request: LayerText & { readonly href?: string; readonly file?: Blob },
  map: Projection,
): Promise<RasterMapLayer> {
  const raster = await openRaster(request.file ?? request.href ?? '');
  const projection = raster.crs && (await findProjection(raster.crs, getCenter([...raster.extent])));
  if (!projection) throw new Error(mapStrings.unknownCrs);
  const cache = new PixelCache(raster);
  const placed = {
    raster,
    cache,
    projections: [projection, map] as const,
    extent: transformExtent([...raster.extent], projection, map, 8),
    tooLarge: mapStrings.tooLarge,
  };
  return new RasterMapLayer(request, placed, await defaultStyle(raster, cache));
}
