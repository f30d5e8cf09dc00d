import { Crs84, MediaType } from '../../../core/api/uris.ts';
import type { Encoded, RunContext } from '../../../core/processes/declaration.ts';
import type { Layer, LayerFeature } from '../layers/layer.ts';
import { layerInCrs } from '../layers/reproject.ts';
import { writeLayer } from '../layers/write.ts';

/** Writes cells, which have longitudes and latitudes; formats that carry a CRS get that of the layer. */
export async function writeCells(
  features: readonly LayerFeature[],
  layer: Layer,
  context: RunContext,
): Promise<Encoded> {
  const cells: Layer = { ...layer, features, crs: Crs84, geometryPointer: () => '/inputs/features' };
  const format = context.format('result');
  return writeLayer(
    format === MediaType.geojson ? cells : await layerInCrs(cells, layer.crs, context),
    format,
  );
}
