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
    description: 'Type of the values; mixed if there are several types, none if there are no values.',
  }),
  count: Type.Integer({ minimum: 0, description: 'Number of features that have a value.' }),
  min: Type.Optional(exact('Minimum of the numbers.')),
  max: Type.Optional(exact('Maximum of the numbers.')),
  values: Type.Optional(
    Type.Array(Type.String(), { description: 'Distinct strings, if there are at most 20.' }),
  ),
});

const description = Type.Object({
  format: Type.String({ description: 'Media type of the format in which the layer was read.' }),
  count: Type.Integer({ minimum: 0, description: 'Number of features.' }),
  withoutGeometry: Type.Integer({ minimum: 0, description: 'Number of features without a geometry.' }),
  geometryTypes: Type.Unsafe<Record<string, number>>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Number of features by geometry type.',
  }),
  crs: nullable('EPSG:n, ESRI:n or CRS84; null for a CRS without a code.'),
  wkt: nullable('The CRS as well-known text (WKT2) if it has no code; otherwise null.'),
  bbox: Type.Unsafe<number[] | null>({
    type: 'array',
    items: { type: 'number' },
    minItems: 4,
    maxItems: 4,
    nullable: true,
    description:
      'Minimum x, minimum y, maximum x and maximum y, in the CRS of the layer; null if all geometries are missing or empty. If a geographic layer lies across the antimeridian, the west is greater than the east.',
  }),
  properties: Type.Array(property, {
    description: 'Properties that at least one feature has, in the order of the file.',
  }),
  faults: Type.Array(Type.Object({ feature: Type.Integer({ minimum: 0 }), fault: Type.String() }), {
    description:
      'The first 100 geometries that were repaired while the layer was read: the index of the feature, starting at 0, and what was wrong.',
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
