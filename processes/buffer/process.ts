import { Type } from 'typebox';
import {
  defaulted,
  defineProcess,
  layer,
  layerOutput,
  optional,
  required,
} from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { invalidGeometry, planarCrs, unitOfDistance } from '../common/vector-inputs.ts';

const utrecht = {
  type: 'Feature',
  id: 'dom',
  properties: { name: 'Domtoren' },
  geometry: { type: 'Point', coordinates: [5.1214, 52.0907] },
};

const canal = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 1,
      properties: { name: 'Oudegracht', width: 12 },
      geometry: {
        type: 'LineString',
        coordinates: [
          [5.1155, 52.0955],
          [5.1189, 52.0922],
          [5.1216, 52.0876],
          [5.1236, 52.0832],
        ],
      },
    },
    {
      type: 'Feature',
      id: 2,
      properties: { name: 'Nieuwegracht', width: 8 },
      geometry: {
        type: 'LineString',
        coordinates: [
          [5.1237, 52.0916],
          [5.1254, 52.0867],
          [5.1262, 52.0839],
        ],
      },
    },
  ],
};

export default defineProcess({
  id: 'buffer',
  version: '1.0.0',
  title: 'Buffer',
  description: 'The area within a distance of each feature.',
  keywords: ['vector', 'geometry', 'buffer'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    distance: required(Type.Number(), {
      title: 'Distance',
      description:
        'Length on the ground. Negative distances shrink polygons, and leave nothing of lines and points.',
    }),
    distanceUnit: unitOfDistance,
    distanceField: optional(Type.String({ minLength: 1 }), {
      title: 'Property with the distance',
      description: 'Where a feature has a number in this property, it is taken instead of the distance.',
    }),
    quadrantSegments: defaulted(Type.Integer({ minimum: 1, maximum: 360 }), 8, {
      title: 'Segments per quarter circle',
    }),
    endCap: defaulted(enumeration(['round', 'flat', 'square']), 'round', { title: 'Ends of lines' }),
    join: defaulted(enumeration(['round', 'mitre', 'bevel']), 'round', { title: 'Corners' }),
    mitreLimit: defaulted(Type.Number({ minimum: 1 }), 5, {
      title: 'Limit of mitres',
      description: 'Length of a mitre, in distances, beyond which it is cut off.',
    }),
    singleSided: defaulted(Type.Boolean(), false, {
      title: 'One side only',
      description: 'Only the left side of lines; the right one where the distance is negative.',
    }),
    dissolve: defaulted(Type.Boolean(), false, {
      title: 'Dissolve',
      description: 'Merges all results into one feature without properties.',
    }),
    crs: planarCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Buffers',
      description: 'One feature per feature, in the same order, with its id and properties.',
    }),
  },
  examples: [
    { title: 'One hectometre around a point', request: { inputs: { features: utrecht, distance: 100 } } },
    {
      title: 'Canals as wide as they are',
      description: 'Half the width would be the distance; here each canal has its own.',
      request: {
        inputs: { features: canal, distance: 10, distanceField: 'width', endCap: 'flat', join: 'mitre' },
      },
    },
    {
      title: 'A noise zone of half a kilometre, in the Dutch national grid',
      request: {
        inputs: {
          features: canal,
          distance: 0.5,
          distanceUnit: 'kilometre',
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
          dissolve: true,
        },
      },
    },
  ],
});
