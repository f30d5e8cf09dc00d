/** Types of GeoJSON geometries (RFC 7946, 1.4). */
export const geometryTypes = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

/** Everything that an object of GeoJSON may call itself. */
export const geojsonTypes: readonly string[] = ['FeatureCollection', 'Feature', ...geometryTypes];

/** What an object that is no GeoJSON most likely is instead, and what to do; undefined where nobody knows. */
export function describeOtherJson(value: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = value;
  if (type === 'Topology' || ('arcs' in value && 'objects' in value)) {
    return 'is TopoJSON and must be GeoJSON. Convert it first, for example with topo2geo or ogr2ogr.';
  }
  if ('geometryType' in value && 'features' in value) {
    return 'is Esri JSON and must be GeoJSON. Ask the service that it comes from for f=geojson, or convert it with ogr2ogr.';
  }
  if (type !== undefined) return undefined;
  if (Array.isArray(value['features'])) {
    return 'has "features" and must have the "type" "FeatureCollection" too, to be GeoJSON.';
  }
  if ('coordinates' in value) {
    return `has "coordinates" and must have a "type" too, to be a GeoJSON geometry: one of ${geometryTypes.join(', ')}.`;
  }
  return undefined;
}
