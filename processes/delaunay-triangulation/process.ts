import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { overlayCrs } from '../common/vector-inputs.ts';

const stations = {
  type: 'Feature',
  properties: { network: 'rain gauges' },
  geometry: {
    type: 'MultiPoint',
    coordinates: [
      [4.79, 52.31],
      [5.18, 52.1],
      [5.38, 51.97],
      [5.51, 52.45],
      [6.26, 52.07],
      [6.59, 53.12],
    ],
  },
};

export default defineProcess({
  id: 'delaunay-triangulation',
  version: '1.0.0',
  title: 'Delaunay triangulation',
  description:
    'Triangles between the points, none with a point inside its circle. All vertices of the features are taken, those at the same place once. Needs three that are not on a line.',
  keywords: ['vector', 'tessellation', 'Delaunay', 'triangulation', 'TIN'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features', description: 'Points, or any features by their vertices.' }),
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Triangles',
      description:
        'One feature without properties per triangle. Its corners have the coordinates of the vertices, heights too.',
    }),
  },
  // A point makes two triangles.
  limits: { vertices: 500_000 },
  examples: [
    { title: 'Triangles between rain gauges', request: { inputs: { features: stations } } },
    {
      title: 'The same in the Dutch national grid',
      request: { inputs: { features: stations, crs: 'EPSG:28992' } },
    },
  ],
});
