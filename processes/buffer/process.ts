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
import { LARGEST_LENGTH } from '../../core/run/bounding-box.ts';
import { distanceUnitInput, invalidGeometry, planarCrs } from '../common/vector-inputs.ts';

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
  description: 'The area within a given distance of each feature.',
  keywords: ['vector', 'geometry', 'buffer'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.55,
  inputs: {
    features: layer({ title: 'Features' }),
    distance: required(Type.Number({ minimum: -LARGEST_LENGTH, maximum: LARGEST_LENGTH }), {
      title: 'Distance',
      unit: 'distanceUnit',
      description:
        'Distance on the ground. Negative distances shrink polygons; lines and points become empty.',
    }),
    distanceUnit: distanceUnitInput,
    distanceField: optional(Type.String({ minLength: 1 }), {
      title: 'Distance field',
      propertiesOf: 'features',
      description:
        'Property with a distance for each feature: a number, or null where the distance above is meant.',
    }),
    quadrantSegments: defaulted(Type.Integer({ minimum: 1, maximum: 360 }), 8, {
      title: 'Segments per quadrant',
    }),
    endCap: defaulted(enumeration(['round', 'flat', 'square']), 'round', {
      title: 'End cap style',
      description:
        'How buffers of lines end. round: in a semicircle around the end point. flat: at the end point. square: straight, beyond the end point by the distance.',
    }),
    join: defaulted(enumeration(['round', 'mitre', 'bevel']), 'round', {
      title: 'Join style',
      description:
        'Outer corners. round: an arc. mitre: edges are extended until they meet, up to the mitre limit. bevel: the corner is cut off by a straight edge.',
    }),
    mitreLimit: defaulted(Type.Number({ minimum: 1, maximum: 1000 }), 5, {
      title: 'Mitre limit',
      description: 'Maximum length of a mitre, as a multiple of the distance; longer mitres are bevelled.',
    }),
    singleSided: defaulted(Type.Boolean(), false, {
      title: 'Single-sided',
      description: 'Buffer only the left side of lines, or the right side where the distance is negative.',
    }),
    dissolve: defaulted(Type.Boolean(), false, {
      title: 'Dissolve',
      description: 'Merge all buffers into one feature without properties.',
    }),
    crs: planarCrs,
    invalidGeometry,
  },
  outputs: {
    result: layerOutput({
      title: 'Buffered features',
      description:
        'One feature per input feature, in the same order, with its id and properties. Edges of geographic layers are straight in longitude and latitude; unless the working CRS is set, buffers follow them to within a thousandth of the distance, or a metre where that is more.',
    }),
  },
  examples: [
    { title: 'A 100-metre buffer around a point', request: { inputs: { features: utrecht, distance: 100 } } },
    {
      title: 'Canals buffered by their own width',
      description: 'The distance comes from a property of each canal.',
      request: {
        inputs: { features: canal, distance: 10, distanceField: 'width', endCap: 'flat', join: 'mitre' },
      },
    },
    {
      title: 'A 500-metre noise zone, computed in the Dutch national grid',
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
