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
    'Delaunay triangulation of the vertices of all features: no triangle’s circumcircle contains another point. Duplicate vertices are used once. At least three points that are not collinear are required.',
  keywords: ['vector', 'tessellation', 'Delaunay', 'triangulation', 'TIN'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features', description: 'Points, or any features, whose vertices are used.' }),
    crs: overlayCrs,
  },
  outputs: {
    result: layerOutput({
      title: 'Triangles',
      description:
        'One feature without properties per triangle. Its corners keep the coordinates of the vertices, Z values included.',
    }),
  },
  // A point makes two triangles.
  limits: { vertices: 500_000 },
  examples: [
    { title: 'Triangles between rain gauges', request: { inputs: { features: stations } } },
    {
      title: 'The same, computed in the Dutch national grid',
      request: { inputs: { features: stations, crs: 'EPSG:28992' } },
    },
  ],
});
