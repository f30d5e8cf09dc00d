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
