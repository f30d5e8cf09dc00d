import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeOfWork } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'convex-hull',
  version: '1.0.0',
  title: 'Convex hull',
  description: 'The smallest convex polygon around each feature or all.',
  keywords: ['vector', 'geometry', 'hull'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    scope: scopeOfWork,
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Hulls',
      description:
        'One feature per feature, in the same order, with its id and properties; or one of all. Where the vertices lie on a line, the hull is a line, and of one place a point.',
    }),
  },
  examples: [
    { title: 'The range of an animal', request: { inputs: { features: sightings } } },
    {
      title: 'One hull around all lakes',
      request: { inputs: { features: lakes, scope: 'layer' } },
    },
  ],
});
