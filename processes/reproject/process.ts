import { defineProcess, layer, layerOutput, optional, required } from '../../core/processes/define.ts';
import { crs } from '../../core/processes/schemas.ts';

const tower = {
  type: 'Feature',
  id: 'olv',
  properties: { name: 'Onze Lieve Vrouwetoren' },
  geometry: { type: 'Point', coordinates: [5.38720621, 52.15517441] },
};

const harbour = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { name: 'Battery Park' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [978_900, 195_200],
            [980_400, 195_200],
            [980_400, 196_800],
            [978_900, 196_800],
            [978_900, 195_200],
          ],
        ],
      },
    },
  ],
};

export default defineProcess({
  id: 'reproject',
  version: '1.0.0',
  title: 'Reproject',
  description:
    'Coordinates into another CRS, vertex by vertex. Datum shifts are those of the EPSG register that PROJ takes without grid files.',
  keywords: ['vector', 'CRS', 'projection', 'coordinates'],
  computeClass: 'vector',
  inputs: {
    features: layer({ title: 'Features' }),
    targetCrs: required(crs(), {
      title: 'CRS of the result',
      description: 'Its coordinates are x, easting or longitude first, whatever its authority says.',
    }),
    sourceCrs: optional(crs(), {
      title: 'CRS of the features',
      description: 'Taken instead of the one that the data names.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Features in the target CRS',
      description:
        'One feature per feature, in the same order, with its id and properties. GeoJSON has a crs member that names the CRS. Heights are kept. Longitudes are cut at the antimeridian where the source is projected.',
    }),
  },
  examples: [
    {
      title: 'A church tower in the Dutch national grid',
      request: {
        inputs: { features: tower, targetCrs: 'http://www.opengis.net/def/crs/EPSG/0/28992' },
      },
    },
    {
      title: 'From the feet of New York into longitudes and latitudes',
      description: 'The data does not say in which CRS it is.',
      request: { inputs: { features: harbour, sourceCrs: 'EPSG:2263', targetCrs: 'EPSG:4326' } },
    },
  ],
});
