import { geometryTypes } from '../shared/geojson-types.ts';
import { mapValues } from '../shared/json.ts';

/**
 * What the standard's format codes stand for, as far as it can be checked before a job exists. The reader of
 * layers checks geometries in full; here only the outer shape is looked at, so that a large layer costs little.
 */
const geometry = {
  title: 'a GeoJSON geometry',
  type: 'object',
  required: ['type'],
  properties: {
    type: { type: 'string', enum: geometryTypes },
    coordinates: { type: 'array', items: {} },
    geometries: { type: 'array', items: { type: 'object' } },
  },
};

const feature = {
  title: 'a GeoJSON Feature',
  type: 'object',
  required: ['type', 'geometry'],
  properties: { type: { type: 'string', enum: ['Feature'] }, geometry: { title: 'a geometry or null' } },
};

const featureCollection = {
  title: 'a GeoJSON FeatureCollection',
  type: 'object',
  required: ['type', 'features'],
  properties: {
    type: { type: 'string', enum: ['FeatureCollection'] },
    features: { type: 'array', title: 'an array of GeoJSON Features', items: feature },
  },
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

/** As values are checked, with titles for sentences. */
export const assertedFormats: Readonly<Record<string, object>> = {
  'geojson-geometry': geometry,
  'geojson-feature': feature,
  'geojson-feature-collection': featureCollection,
  'ogc-bbox': boundingBox,
};

/** Generators of clients name their types by titles, and understand no array with alternatives of lengths. */
const plain = (schema: object): object =>
  JSON.parse(JSON.stringify(schema, (name, value) => (name === 'title' ? undefined : value)));

const numbers = { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 6 };

/** As the API definition has them. */
export const formatSchemas: Readonly<Record<string, object>> = {
  ...mapValues(assertedFormats, plain),
  'ogc-bbox': { ...plain(boundingBox), properties: { bbox: numbers, crs: { type: 'string' } } },
};
