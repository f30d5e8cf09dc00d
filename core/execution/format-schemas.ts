/**
 * What the standard's format codes stand for, as far as it can be checked before a job exists. The reader of
 * layers checks geometries in full; here only the outer shape is looked at, so that a large layer costs little.
 */
const geometryTypes = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

const geometry = {
  title: 'a GeoJSON geometry',
  type: 'object',
  required: ['type'],
  properties: {
    type: { enum: geometryTypes },
    coordinates: { type: 'array' },
    geometries: { type: 'array' },
  },
};

const feature = {
  title: 'a GeoJSON Feature',
  type: 'object',
  required: ['type', 'geometry'],
  properties: { type: { enum: ['Feature'] } },
};

const featureCollection = {
  title: 'a GeoJSON FeatureCollection',
  type: 'object',
  required: ['type', 'features'],
  properties: { type: { enum: ['FeatureCollection'] }, features: { type: 'array', items: feature } },
};

const boundingBox = {
  title: 'a bounding box',
  type: 'object',
  required: ['bbox'],
  properties: {
    bbox: {
      type: 'array',
      items: { type: 'number' },
      anyOf: [4, 6].map((n) => ({ title: `${n} numbers`, minItems: n, maxItems: n })),
    },
    crs: { type: 'string' },
  },
};

export const formatSchemas: Readonly<Record<string, object>> = {
  'geojson-geometry': geometry,
  'geojson-feature': feature,
  'geojson-feature-collection': featureCollection,
  'ogc-bbox': boundingBox,
};
