import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { lakes, sightings } from '../common/geometry-examples.ts';
import { overlayCrs, scopeInput } from '../common/vector-inputs.ts';

export default defineProcess({
  id: 'concave-hull',
  version: '1.0.0',
  title: 'Concave hull',
  description: 'A hull that follows the points more closely than the convex hull.',
  keywords: ['vector', 'geometry', 'hull', 'alpha shape'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.33,
  inputs: {
    features: layer({ title: 'Features', description: 'The vertices of lines and polygons are used.' }),
    scope: scopeInput,
    ratio: defaulted(Type.Number({ minimum: 0, maximum: 1 }), 0.3, {
      title: 'Ratio',
      description:
        'Target edge length, between the shortest (0) and the longest (1) edge of the Delaunay triangulation, as in GEOS. 1 gives the convex hull.',
    }),
    allowHoles: defaulted(Type.Boolean(), false, {
      title: 'Allow holes',
      description: 'Whether the hull may contain holes where points are far apart.',
    }),
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
    {
      title: 'The range of an animal, computed in the Dutch national grid',
      request: { inputs: { features: sightings, ratio: 0.2, crs: 'EPSG:28992' } },
    },
    {
      title: 'A single hull around all lakes',
      request: { inputs: { features: lakes, scope: 'layer', allowHoles: true } },
    },
  ],
});
