import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { aggregates, invalidGeometry, overlayCrs } from '../common/vector-inputs.ts';

const parcel = (west: number, owner: string, area: number) => ({
  type: 'Feature',
  properties: { owner, area },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 52],
        [west + 0.01, 52],
        [west + 0.01, 52.01],
        [west, 52.01],
        [west, 52],
      ],
    ],
  },
});

export default defineProcess({
  id: 'dissolve',
  version: '1.0.0',
  title: 'Dissolve',
  description: 'Merges features with equal property values and aggregates their other properties.',
  keywords: ['vector', 'overlay', 'dissolve', 'union', 'aggregate'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    groupBy: defaulted(Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true }), [], {
      title: 'Group by fields',
      propertiesOf: 'features',
      description:
        'Features with equal values in all of these properties are merged. Without any, all features are merged.',
    }),
    aggregates,
    multipart: defaulted(Type.Boolean(), true, {
      title: 'Multipart',
      description:
        'If false, each separate part becomes a feature of its own with the properties of its group.',
    }),
    crs: overlayCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Dissolved features',
      description:
        'One feature per group, in order of first appearance, with the group values, the count and the aggregates.',
    }),
  },
  examples: [
    {
      title: 'Parcels dissolved by owner, with their total area',
      request: {
        inputs: {
          features: {
            type: 'FeatureCollection',
            features: [parcel(5, 'Anna', 7.6), parcel(5.01, 'Anna', 7.5), parcel(5.02, 'Bram', 7.6)],
          },
          groupBy: ['owner'],
          aggregates: [{ field: 'area', statistic: 'sum' }],
        },
      },
    },
    {
      title: 'All features merged into one',
      request: {
        inputs: {
          features: {
            type: 'FeatureCollection',
            features: [parcel(5, 'Anna', 7.6), parcel(5.01, 'Anna', 7.5), parcel(5.02, 'Bram', 7.6)],
          },
        },
      },
    },
  ],
});
