import { Type } from 'typebox';
import {
  defaulted,
  defineProcess,
  layer,
  optional,
  rasterOutput,
  required,
} from '../../core/processes/define.ts';
import { positiveLength, positiveNumber } from '../../core/processes/schemas.ts';
import { nodataOfComputed, outputGridInputs } from '../common/raster-inputs.ts';

const station = (longitude: number, latitude: number, temperature: number) => ({
  type: 'Feature',
  properties: { temperature },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

const stations = {
  type: 'FeatureCollection',
  features: [
    station(4.79, 52.31, 14.2),
    station(5.18, 52.1, 15.1),
    station(5.38, 51.97, 15.6),
    station(5.51, 52.45, 13.9),
    station(6.26, 52.07, 16.3),
    station(6.59, 53.12, 12.8),
  ],
};

export default defineProcess({
  id: 'idw-interpolation',
  version: '1.0.0',
  title: 'IDW interpolation',
  description:
    'Inverse distance weighted (IDW) interpolation: each pixel is the mean of the point values, weighted by the inverse of a power of their distances from its centre. A point exactly at the centre determines the value of the pixel. Distances are measured in the plane of the output CRS; if it is geographic, differences in longitude are taken the shorter way around the globe.',
  keywords: ['raster', 'points', 'interpolation', 'inverse distance weighting', 'IDW'],
  computeClass: 'raster',
  inputs: {
    features: layer({
      title: 'Points',
      description: 'Points or MultiPoints; each point of a MultiPoint has the value of its feature.',
    }),
    valueField: required(Type.String({ minLength: 1 }), {
      title: 'Value field',
      propertiesOf: 'features',
      description: 'Points without a value in this field are left out.',
    }),
    power: defaulted(positiveNumber(), 2, {
      title: 'Power',
      description: 'Exponent of the distance: larger values give more weight to near points.',
    }),
    radius: optional(positiveLength(), {
      title: 'Radius',
      unit: 'crs',
      description:
        'Search radius in units of the output CRS; points farther away are ignored. Pixels without a point within it are missing. By default all points are used.',
    }),
    ...outputGridInputs,
    nodata: nodataOfComputed,
  },
  outputs: {
    result: rasterOutput({ title: 'Interpolated surface', description: 'Single precision (float32).' }),
  },
  examples: [
    {
      title: 'Temperatures interpolated between weather stations',
      request: {
        inputs: {
          features: stations,
          valueField: 'temperature',
          resolution: 0.02,
          extent: { bbox: [4.5, 51.8, 6.8, 53.2] },
        },
      },
    },
    {
      title: 'The same within 50 km of a station, computed in the Dutch national grid',
      request: {
        inputs: {
          features: stations,
          valueField: 'temperature',
          radius: 50_000,
          resolution: 2000,
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
        },
      },
    },
  ],
});
