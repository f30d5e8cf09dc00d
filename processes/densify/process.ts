import { defaulted, defineProcess, layer, layerOutput, required } from '../../core/processes/define.ts';
import { enumeration, positiveNumber } from '../../core/processes/schemas.ts';
import { flight, municipalities } from '../common/geometry-examples.ts';
import { planarCrs, unitOfDistance } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'densify',
  version: '1.0.0',
  title: 'Densify',
  description: 'More vertices, none farther apart than a length.',
  keywords: ['vector', 'geometry', 'segmentize', 'geodesic'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    maxLength: required(positiveNumber(), {
      title: 'Largest length of an edge',
      description: 'Length on the ground. Each longer edge is cut into as few equal pieces as are needed.',
    }),
    distanceUnit: unitOfDistance,
    method: defaulted(enumeration(['planar', 'geodesic']), 'planar', {
      title: 'Method',
      description:
        'planar: new vertices lie on the straight edge, of longitudes and latitudes or of the plane of the work. geodesic: they lie on the shortest way over the WGS 84 ellipsoid. Edges of longitudes and latitudes are measured on the ellipsoid in both.',
    }),
    crs: planarCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Densified features',
      description:
        'One feature per feature, in the same order, with its id and properties. All their vertices are kept.',
    }),
  },
  examples: [
    {
      title: 'A flight along the great circle, with a vertex each 500 km at least',
      request: {
        inputs: { features: flight, maxLength: 500, distanceUnit: 'kilometre', method: 'geodesic' },
      },
    },
    {
      title: 'Borders with a vertex each kilometre, straight in the Dutch national grid',
      request: { inputs: { features: municipalities, maxLength: 1000, crs: 'EPSG:28992' } },
    },
  ],
});
