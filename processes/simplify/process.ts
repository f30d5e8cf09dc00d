import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, required } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { LARGEST_LENGTH } from '../../core/run/bounding-box.ts';
import { lakes, municipalities } from '../common/geometry-examples.ts';
import { distanceUnitInput, planarCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'simplify',
  version: '1.0.0',
  title: 'Simplify',
  description: 'Reduces the number of vertices within a tolerance, also for polygon coverages.',
  keywords: ['vector', 'geometry', 'generalisation', 'Douglas-Peucker', 'Visvalingam-Whyatt', 'coverage'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    tolerance: required(Type.Number({ minimum: 0, maximum: LARGEST_LENGTH }), {
      title: 'Tolerance',
      unit: 'distanceUnit',
      description:
        'Maximum deviation, as a distance on the ground, from edges that are straight on the ground; in geographic layers, long edges deviate more. For the coverage method, the square root of the maximum area of the triangles that are removed (Visvalingam-Whyatt).',
    }),
    distanceUnit: distanceUnitInput,
    method: defaulted(
      enumeration(['topologyPreserving', 'douglasPeucker', 'coverage']),
      'topologyPreserving',
      {
        title: 'Method',
        description:
          'topologyPreserving: valid geometries stay valid, and small rings are kept. douglasPeucker: each line is simplified on its own; lines may cross and small polygons may vanish. coverage: shared edges of polygons stay shared, without gaps; all are simplified in a single projection.',
      },
    ),
    crs: planarCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Simplified features',
      description:
        'One feature per input feature, in the same order, with its id and properties. All vertices are original vertices; with crs, up to the rounding errors of transforming them to that CRS and back.',
    }),
  },
  examples: [
    {
      title: 'Lakes simplified to a tolerance of 500 metres',
      request: { inputs: { features: lakes, tolerance: 500 } },
    },
    {
      title: 'Municipalities whose shared border stays shared',
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
