import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, required } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { lakes, municipalities } from '../common/geometry-examples.ts';
import { planarCrs, unitOfDistance } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'simplify',
  version: '1.0.0',
  title: 'Simplify',
  description: 'Fewer vertices within a tolerance, also for whole coverages.',
  keywords: ['vector', 'geometry', 'generalisation', 'Douglas-Peucker', 'Visvalingam-Whyatt', 'coverage'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    tolerance: required(Type.Number({ minimum: 0 }), {
      title: 'Tolerance',
      description:
        'Length on the ground by which the result may be off. With the method coverage, the square root of the area of the corners that are taken away.',
    }),
    distanceUnit: unitOfDistance,
    method: defaulted(
      enumeration(['topologyPreserving', 'douglasPeucker', 'coverage']),
      'topologyPreserving',
      {
        title: 'Method',
        description:
          'topologyPreserving: what is valid stays valid, and small rings stay. douglasPeucker: each line by itself, so that lines may cross and small polygons vanish. coverage: polygons that share edges stay without gaps; all are worked on in one plane.',
      },
    ),
    crs: planarCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Simplified features',
      description:
        'One feature per feature, in the same order, with its id and properties. All vertices are vertices of the features; with crs, to the precision of the way there and back.',
    }),
  },
  examples: [
    {
      title: 'Lakes with corners of half a kilometre taken away',
      request: { inputs: { features: lakes, tolerance: 500 } },
    },
    {
      title: 'Municipalities that share a border, which stays shared',
      request: {
        inputs: {
          features: municipalities,
          tolerance: 1,
          distanceUnit: 'kilometre',
          method: 'coverage',
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
        },
      },
    },
  ],
});
