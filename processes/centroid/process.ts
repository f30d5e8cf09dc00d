import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { lakes } from '../common/geometry-examples.ts';
import { overlayCrs } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'centroid',
  version: '1.0.0',
  title: 'Centroid',
  description: 'The centre of mass of each feature, or a point on its surface.',
  keywords: ['vector', 'geometry', 'centroid', 'centre', 'label point'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    method: defaulted(enumeration(['centroid', 'pointOnSurface']), 'centroid', {
      title: 'Method',
      description:
        'centroid: the centre of mass of the parts of the highest dimension, which may lie outside. pointOnSurface: a point that surely lies on the geometry.',
    }),
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Points',
      description: 'One feature per feature, in the same order, with its id and properties.',
    }),
  },
  examples: [
    { title: 'Centres of lakes', request: { inputs: { features: lakes } } },
    {
      title: 'Points for labels, which must not lie on islands',
      request: { inputs: { features: lakes, method: 'pointOnSurface', crs: 'EPSG:28992' } },
    },
  ],
});
