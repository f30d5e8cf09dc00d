import type { Geometry } from 'geojson';
import { loadGeos } from '../geos/geos.ts';
import { computeBounds, type LayerContent } from '../layer/layer.ts';
import { cutAtAntimeridian } from './antimeridian.ts';

/**
 * A geographic layer whose longitudes run beyond 180 or -180 (data in 0..360, or lines and areas that are led on across
 * the antimeridian) with all of them in [-180, 180], cut at the antimeridian (RFC 7946 section 3.1.9).
 */
export async function normaliseLongitudes<Content extends LayerContent>(layer: Content): Promise<Content> {
  const geos = await loadGeos();
  const uncut = new Map<number, Geometry>();
  const features = layer.features.map((feature, index) => {
    const { geometry, bbox: _, ...others } = feature;
    const bounds = geometry && computeBounds([geometry]);
    if (!bounds || (bounds[0] >= -180 && bounds[2] <= 180)) return feature;
    if (bounds[2] - bounds[0] <= 360) uncut.set(index, geometry);
    return { ...others, geometry: cutAtAntimeridian(geometry, geos) };
  });
  return { ...layer, features, uncut };
}
