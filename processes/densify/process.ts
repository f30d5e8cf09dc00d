import { defaulted, defineProcess, layer, layerOutput, required } from '../../core/processes/define.ts';
import { enumeration, positiveLength } from '../../core/processes/schemas.ts';
import { flight, municipalities } from '../common/geometry-examples.ts';
import { distanceUnitInput, planarCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'densify',
  version: '1.0.0',
  title: 'Densify',
  description: 'Adds vertices so that no segment is longer than a maximum length.',
  keywords: ['vector', 'geometry', 'segmentize', 'geodesic'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    maxLength: required(positiveLength(), {
      title: 'Maximum segment length',
      unit: 'distanceUnit',
      description:
        'Length on the ground. Each longer segment is divided into the smallest number of equal parts.',
    }),
    distanceUnit: distanceUnitInput,
    method: defaulted(enumeration(['planar', 'geodesic']), 'planar', {
      title: 'Method',
      description:
        'planar: new vertices lie on the straight segment, in longitude and latitude or in the working CRS. geodesic: they lie on the geodesic of the WGS 84 ellipsoid. Segments in longitude and latitude are measured on the ellipsoid with either method.',
    }),
    crs: planarCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Densified features',
      description:
        'One feature per input feature, in the same order, with its id and properties. All original vertices are kept.',
    }),
  },
  examples: [
    {
      title: 'A great-circle flight with a vertex at least every 500 km',
      request: {
        inputs: { features: flight, maxLength: 500, distanceUnit: 'kilometre', method: 'geodesic' },
      },
    },
    {
      title: 'Borders with a vertex every kilometre, straight in the Dutch national grid',
      request: { inputs: { features: municipalities, maxLength: 1000, crs: 'EPSG:28992' } },
    },
  ],
});
