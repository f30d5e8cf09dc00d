import { defineProcess, layer, layerOutput } from '../../core/processes/define.ts';
import { MediaType } from '../../core/shared/uris.ts';

const stations = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 1,
      properties: { name: 'Utrecht Centraal', platforms: 16, opened: '1843-12-18' },
      geometry: { type: 'Point', coordinates: [5.1102, 52.0894] },
    },
    {
      type: 'Feature',
      id: 2,
      properties: { name: 'Köln Hbf', platforms: 11, opened: '1859-12-05' },
      geometry: { type: 'Point', coordinates: [6.9586, 50.943] },
    },
  ],
};

/** A railway with what lies on it: three kinds of geometries. */
const railway = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 1,
      properties: { name: 'Rhine line', tracks: 4 },
      geometry: {
        type: 'LineString',
        coordinates: [
          [6.9, 50.9],
          [6.93, 50.93],
          [6.96, 50.94],
          [7, 50.93],
          [7.05, 50.95],
        ],
      },
    },
    {
      type: 'Feature',
      id: 2,
      properties: { name: 'Central', tracks: 11 },
      geometry: { type: 'Point', coordinates: [6.96, 50.94] },
    },
    {
      type: 'Feature',
      id: 3,
      properties: { name: 'Mill Street', tracks: 2 },
      geometry: { type: 'Point', coordinates: [7, 50.93] },
    },
    {
      type: 'Feature',
      id: 4,
      properties: { name: 'Yard', tracks: 24 },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [7.01, 50.935],
            [7.04, 50.95],
            [7.03, 50.965],
            [7, 50.95],
            [7.01, 50.935],
          ],
        ],
      },
    },
  ],
};

const table = [
  'WKT,name,platforms',
  '"POINT (5.1102 52.0894)",Utrecht Centraal,16',
  '"POINT (6.9586 50.943)",Köln Hbf,11',
].join('\n');

const into = (mediaType: string) => ({ result: { format: { mediaType } } });

export default defineProcess({
  id: 'convert-features',
  version: '1.0.0',
  title: 'Convert features',
  description:
    'Converts a vector layer to the requested output format. Features keep their order, properties and, where the format supports it, their CRS.',
  keywords: ['vector', 'format', 'conversion', 'export'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.04,
  inputs: {
    features: layer({ title: 'Features' }),
  },
  outputs: {
    result: layerOutput({
      title: 'Converted features',
      description:
        'One feature per input feature. What a format cannot represent is reported as a warning. GeoJSON, GeoJSON text sequences and KML are in CRS84.',
    }),
  },
  examples: [
    {
      title: 'To FlatGeobuf',
      request: { inputs: { features: railway }, outputs: into(MediaType.flatgeobuf) },
    },
    {
      title: 'To a zipped Shapefile',
      description: 'Dates stay dates; property names are truncated to ten bytes.',
      request: { inputs: { features: stations }, outputs: into(MediaType.shapefile) },
    },
    {
      title: 'From a CSV table with well-known text',
      request: { inputs: { features: { value: table, mediaType: MediaType.csv } } },
    },
  ],
});
