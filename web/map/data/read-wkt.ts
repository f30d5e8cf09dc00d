import type { FeatureCollection } from 'geojson';
import GeoJSON from 'ol/format/GeoJSON.js';
import WKT from 'ol/format/WKT.js';

/** Well-known text in longitudes and latitudes as GeoJSON. @throws Error for what is no WKT */
export function readWkt(geometries: readonly string[]): FeatureCollection {
  const format = new WKT();
  const features = geometries.flatMap((text) => format.readFeature(text) ?? []);
  return new GeoJSON().writeFeaturesObject(features) as FeatureCollection;
}
