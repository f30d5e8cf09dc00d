import type { Encoded, RunContext } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { crs84 } from '../crs/crs.ts';
import { writeLayer } from '../formats/write.ts';
import type { Layer, LayerFeature } from '../layer/layer.ts';
import { layerInCrs } from '../reproject/reproject.ts';

/** Writes cells, which have longitudes and latitudes; formats that carry a CRS get that of the layer. */
export async function writeCells(
  features: readonly LayerFeature[],
  layer: Layer,
  context: RunContext,
): Promise<Encoded> {
  const cells: Layer = { ...layer, features, crs: crs84, geometryPointer: () => '/inputs/features' };
  const format = context.format('result');
  return writeLayer(
    format === MediaType.geojson ? cells : await layerInCrs(cells, layer.crs, context),
    format,
  );
}
