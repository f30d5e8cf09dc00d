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
    'Vector data into another format: the one that is asked for of the result. Features keep their order, properties and, in formats that name one, their CRS.',
  keywords: ['vector', 'format', 'conversion', 'export'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
  },
  outputs: {
    result: layerOutput({
      title: 'The same features',
      description:
        'One feature per feature. What a format cannot carry is told in the log. GeoJSON, GeoJSON text sequences and KML are in CRS84.',
    }),
  },
  examples: [
    {
      title: 'Into a FlatGeobuf file',
      request: { inputs: { features: stations }, outputs: into(MediaType.flatgeobuf) },
    },
    {
      title: 'Into a zipped Shapefile',
      description: 'Dates become dates; names of properties are cut to ten bytes.',
      request: { inputs: { features: stations }, outputs: into(MediaType.shapefile) },
    },
    {
      title: 'From a table with well-known text',
      request: { inputs: { features: { value: table, mediaType: MediaType.csv } } },
    },
  ],
});
