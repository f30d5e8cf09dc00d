import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { cellResolution } from '../common/vector-inputs.ts';

const island = {
  type: 'Feature',
  properties: { name: 'Texel' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [4.72, 53],
        [4.8, 53],
        [4.92, 53.1],
        [4.9, 53.17],
        [4.84, 53.18],
        [4.75, 53.1],
        [4.72, 53],
      ],
    ],
  },
};

const lighthouse = {
  type: 'Feature',
  properties: { name: 'Eierland' },
  geometry: { type: 'Point', coordinates: [4.8554, 53.1822] },
};

export default defineProcess({
  id: 'h3-cells',
  version: '1.0.0',
  title: 'H3 cells',
  description:
    'The H3 cells that contain the points or cover the polygons of the features. Lines are not supported and are refused.',
  keywords: ['vector', 'tessellation', 'H3', 'grid', 'DGGS', 'hexagon'],
  computeClass: 'vector',
  secondsPerMegabyte: 1,
  inputs: {
    features: layer({ title: 'Features', description: 'Points, MultiPoints, polygons and MultiPolygons.' }),
    resolution: cellResolution,
    containment: defaulted(enumeration(['center', 'full', 'overlap']), 'center', {
      title: 'Containment',
      description:
        'Which cells cover a polygon. center: cells whose centre is inside. full: cells that lie entirely inside. overlap: cells that intersect it.',
    }),
    compact: defaulted(Type.Boolean(), false, {
      title: 'Compact',
      description: 'Replace complete sets of seven child cells by their parent cell.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Cells',
      description:
        'One feature per input feature and cell, with the properties of the feature and h3, the cell index, sorted by index within a feature.',
    }),
  },
  examples: [
    { title: 'An island as cells', request: { inputs: { features: island, resolution: 7 } } },
    {
      title: 'All cells that touch the island, compacted',
      request: { inputs: { features: island, resolution: 8, containment: 'overlap', compact: true } },
    },
    { title: 'The cell of a lighthouse', request: { inputs: { features: lighthouse, resolution: 9 } } },
  ],
});
