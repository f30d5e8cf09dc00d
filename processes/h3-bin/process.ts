import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { aggregates, cellResolution } from '../common/vector-inputs.ts';

const tree = (longitude: number, latitude: number, height: number) => ({
  type: 'Feature',
  properties: { height },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

const trees = {
  type: 'FeatureCollection',
  features: [
    tree(5.1214, 52.0907, 18),
    tree(5.1218, 52.0909, 12),
    tree(5.1276, 52.0871, 21),
    tree(5.1271, 52.0874, 9),
    tree(5.1279, 52.0869, 15),
    tree(5.1093, 52.0894, 7),
  ],
};

export default defineProcess({
  id: 'h3-bin',
  version: '1.0.0',
  title: 'Bin points by H3',
  description: 'Aggregates points by H3 cell: their count and statistics of their properties.',
  keywords: ['vector', 'tessellation', 'H3', 'grid', 'DGGS', 'aggregate', 'density'],
  computeClass: 'light',
  secondsPerMegabyte: 0.055,
  inputs: {
    features: layer({
      title: 'Points',
      description:
        'Points or MultiPoints; each point of a MultiPoint counts with the properties of its feature.',
    }),
    resolution: cellResolution,
    aggregates,
  },
  outputs: {
    result: layerOutput({
      title: 'Cells',
      description:
        'One feature per occupied cell, sorted by index, with h3 (the cell index), count and the aggregates.',
    }),
  },
  examples: [
    {
      title: 'Trees per cell, with their mean height',
      request: {
        inputs: {
          features: trees,
          resolution: 9,
          aggregates: [{ field: 'height', statistic: 'mean' }],
        },
      },
    },
  ],
});
