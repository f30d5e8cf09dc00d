import { defineProcess, layer, layerOutput, optional, required } from '../../core/processes/define.ts';
import { crs } from '../../core/processes/schemas.ts';

const iceland = {
  type: 'Feature',
  id: 'IS',
  properties: { name: 'Iceland' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [-14.5, 66.5],
        [-16.2, 66.5],
        [-17.8, 66],
        [-19.1, 66.3],
        [-20.6, 65.7],
        [-22.1, 66.4],
        [-23.7, 66.3],
        [-24.3, 65.6],
        [-22.2, 65.4],
        [-22.2, 65.1],
        [-24, 64.9],
        [-21.8, 64.4],
        [-22.8, 64],
        [-20, 63.6],
        [-18.7, 63.5],
        [-17.8, 63.7],
        [-14.9, 64.4],
        [-13.6, 65.1],
        [-14.7, 65.8],
        [-14.5, 66.5],
      ],
    ],
  },
};

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
    'Transforms coordinates to another CRS, vertex by vertex. Datum transformations are those that PROJ uses without grid files.',
  keywords: ['vector', 'CRS', 'projection', 'coordinates'],
  computeClass: 'vector',
  secondsPerMegabyte: 0.04,
  inputs: {
    features: layer({ title: 'Features' }),
    targetCrs: required(crs(), {
      title: 'Output CRS',
      description:
        'Coordinates are always x (easting, longitude), y (northing, latitude), whatever the axis order of the CRS.',
    }),
    sourceCrs: optional(crs(), {
      title: 'Source CRS',
      description: 'Overrides the CRS that the data declares.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Reprojected features',
      description:
        'One feature per input feature, in the same order, with its id and properties. GeoJSON has a crs member that names the CRS. Z values are kept. Geometries are cut at the antimeridian where the source CRS is projected.',
    }),
  },
  examples: [
    {
      title: 'Iceland in its national grid',
      request: { inputs: { features: iceland, targetCrs: 'EPSG:3057' } },
    },
    {
      title: 'A church tower in the Dutch national grid',
      request: {
        inputs: { features: tower, targetCrs: 'http://www.opengis.net/def/crs/EPSG/0/28992' },
      },
    },
    {
      title: 'From New York State Plane (US feet) to longitude and latitude',
      description: 'The data does not declare its CRS.',
      request: { inputs: { features: harbour, sourceCrs: 'EPSG:2263', targetCrs: 'EPSG:4326' } },
    },
  ],
});
