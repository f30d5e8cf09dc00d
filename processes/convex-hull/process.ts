import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeInput } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'convex-hull',
  version: '1.0.0',
  title: 'Convex hull',
  description: 'The smallest convex polygon that contains each feature or the whole layer.',
  keywords: ['vector', 'geometry', 'hull'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features' }),
    scope: scopeInput,
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Hulls',
      description:
        'One feature per input feature, in the same order, with its id and properties, or a single one for the layer. Where all vertices lie on one line the hull is a line; where they coincide it is a point.',
    }),
  },
  examples: [
    { title: 'The range of an animal', request: { inputs: { features: sightings } } },
    {
      title: 'A single hull around all lakes',
      request: { inputs: { features: lakes, scope: 'layer' } },
    },
  ],
});
