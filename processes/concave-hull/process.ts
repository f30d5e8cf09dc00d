import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeOfWork } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'concave-hull',
  version: '1.0.0',
  title: 'Concave hull',
  description: 'A hull that follows the points more closely than the convex one.',
  keywords: ['vector', 'geometry', 'hull', 'alpha shape'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features', description: 'Of lines and polygons the vertices are taken.' }),
    scope: scopeOfWork,
    ratio: defaulted(Type.Number({ minimum: 0, maximum: 1 }), 0.3, {
      title: 'Ratio',
      description:
        'Length of the longest edge that may stay, between the shortest (0) and the longest (1) between neighbouring points. 1 gives the convex hull.',
    }),
    allowHoles: defaulted(Type.Boolean(), false, {
      title: 'Holes',
      description: 'Whether the hull may have holes where points are far apart.',
    }),
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
    {
      title: 'The banks that an animal lives on, in metres of the Dutch national grid',
      request: { inputs: { features: sightings, ratio: 0.2, crs: 'EPSG:28992' } },
    },
    {
      title: 'One hull around all lakes',
      request: { inputs: { features: lakes, scope: 'layer', allowHoles: true } },
    },
  ],
});
