import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { lakes } from '../common/geometry-examples.ts';
import { overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'centroid',
  version: '1.0.0',
  title: 'Centroid',
  description: 'The centroid of each feature, or a point guaranteed to lie on its surface.',
  keywords: ['vector', 'geometry', 'centroid', 'centre', 'label point'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    method: defaulted(enumeration(['centroid', 'pointOnSurface']), 'centroid', {
      title: 'Method',
      description:
        'centroid: the centre of mass of the parts of the highest dimension, which may lie outside the geometry. pointOnSurface: a point guaranteed to lie on the geometry.',
    }),
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Points',
      description: 'One feature per input feature, in the same order, with its id and properties.',
    }),
  },
  examples: [
    { title: 'Centres of lakes', request: { inputs: { features: lakes } } },
    {
      title: 'Label points that do not fall on islands',
      request: { inputs: { features: lakes, method: 'pointOnSurface', crs: 'EPSG:28992' } },
    },
  ],
});
