import { Crs84 } from '../../../core/api/uris.ts';
import type { LayerContent } from './layer.ts';

/** The layer with its coordinates in CRS84. */
export async function inCrs84(layer: LayerContent): Promise<LayerContent> {
  if (layer.crs === Crs84 || layer.crs === 'EPSG:4326') return layer;
  throw new Error(`Not in CRS84: ${layer.crs}`);
}
