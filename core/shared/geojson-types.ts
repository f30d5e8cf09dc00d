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

/** Whether an object is features in another JSON, which GDAL reads: TopoJSON, or what services of ArcGIS tell. */
export const isOtherJson = (value: Readonly<Record<string, unknown>>): boolean =>
  value['type'] === 'Topology' || (!('type' in value) && 'geometryType' in value && 'features' in value);

/** What an object that is no GeoJSON most likely is instead, and what to do; undefined where nobody knows. What else is read is not asked about. */
export function describeOtherJson(value: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = value;
  if (type !== undefined) return undefined;
  if (Array.isArray(value['features'])) {
    return 'has "features" and must have the "type" "FeatureCollection" too, to be GeoJSON.';
  }
  if ('coordinates' in value) {
    return `has "coordinates" and must have a "type" too, to be a GeoJSON geometry: one of ${geometryTypes.join(', ')}.`;
  }
  return undefined;
}
