import { Type } from 'typebox';
import { defineProcess, json, layer } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { propertyTypes } from './property-types.ts';

const nullable = (description: string) =>
  Type.Unsafe<string | null>({ type: 'string', nullable: true, description });

/** Integers of 64 bits are told with all digits. */
const exact = (description: string) => Type.Unsafe<number | bigint>({ type: 'number', description });

const property = Type.Object({
  name: Type.String(),
  type: enumeration(propertyTypes, {
    description: 'mixed where values are of several types; none where there is no value.',
  }),
  count: Type.Integer({ minimum: 0, description: 'Features that have a value.' }),
  min: Type.Optional(exact('Least number.')),
  max: Type.Optional(exact('Greatest number.')),
  values: Type.Optional(
    Type.Array(Type.String(), { description: 'All different texts, where these are at most 20.' }),
  ),
});

const description = Type.Object({
  format: Type.String({ description: 'Media type as which the layer was read.' }),
  count: Type.Integer({ minimum: 0, description: 'Features.' }),
  withoutGeometry: Type.Integer({ minimum: 0, description: 'Features without a geometry.' }),
  geometryTypes: Type.Unsafe<Record<string, number>>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Features by the type of their geometry.',
  }),
  crs: nullable('EPSG:n, ESRI:n or CRS84; null for a CRS without a code.'),
  wkt: nullable('The CRS as well-known text (WKT2) where it has no code; else null.'),
  bbox: Type.Unsafe<number[] | null>({
    type: 'array',
    items: { type: 'number' },
    minItems: 4,
    maxItems: 4,
    nullable: true,
    description:
      'Least x and y and greatest x and y in the CRS of the layer; null where no feature has a place.',
  }),
  properties: Type.Array(property, {
    description: 'Properties that any feature has, in the order of the file.',
  }),
  faults: Type.Array(Type.Object({ feature: Type.Integer({ minimum: 0 }), fault: Type.String() }), {
    description:
      'Geometries that were mended at reading: the index of the feature, from 0, and what was wrong. The first 100.',
  }),
});

/** A lawn and the trees on it. */
const park = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { species: 'oak', height: 18.5 },
      geometry: { type: 'Point', coordinates: [5.1003, 52.0904] },
    },
    {
      type: 'Feature',
      properties: { species: 'elm', height: 22 },
      geometry: { type: 'Point', coordinates: [5.1021, 52.0911] },
    },
    {
      type: 'Feature',
      properties: { species: 'lime', height: 9 },
      geometry: { type: 'Point', coordinates: [5.1031, 52.0903] },
    },
    {
      type: 'Feature',
      properties: { species: 'elm', height: 15 },
      geometry: { type: 'Point', coordinates: [5.1014, 52.0901] },
    },
    {
      type: 'Feature',
      properties: { surface: 'grass' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [5.0996, 52.0898],
            [5.1036, 52.0898],
            [5.1036, 52.0914],
            [5.0996, 52.0914],
            [5.0996, 52.0898],
          ],
        ],
      },
    },
    { type: 'Feature', properties: { species: 'oak', height: null }, geometry: null },
  ],
};

export default defineProcess({
  id: 'layer-info',
  version: '1.0.0',
  title: 'Layer information',
  description: 'Features, geometry types, CRS, extent and properties of a layer.',
  keywords: ['vector', 'metadata'],
  computeClass: 'vector',
  // Reading is all that is done: whoever waits may have more of it than of a computation.
  limits: { syncVertices: 5_000_000 },
  inputs: { features: layer({ title: 'Features' }) },
  outputs: {
    result: json(description, {
      title: 'Layer information',
      description: 'The layer as it was read.',
    }),
  },
  examples: [{ title: 'Trees of a park', request: { inputs: { features: park } } }],
});
