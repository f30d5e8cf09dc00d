import { Type } from 'typebox';
import {
  defaulted,
  defineProcess,
  layer,
  optional,
  rasterOutput,
  required,
} from '../../core/processes/define.ts';
import { enumeration, positiveLength } from '../../core/processes/schemas.ts';
import { outputGridInputs, outputNodata } from '../common/raster-inputs.ts';

const sighting = (longitude: number, latitude: number, birds: number) => ({
  type: 'Feature',
  properties: { birds },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

const sightings = {
  type: 'FeatureCollection',
  features: [
    sighting(5.118, 52.092, 3),
    sighting(5.121, 52.091, 12),
    sighting(5.124, 52.094, 1),
    sighting(5.133, 52.087, 7),
    sighting(5.135, 52.088, 2),
  ],
};

export default defineProcess({
  id: 'heatmap',
  version: '1.0.0',
  title: 'Heatmap',
  description:
    'Kernel density estimation: each pixel is the weighted sum of the kernels of the points within the radius of its centre.',
  keywords: ['raster', 'points', 'heatmap', 'kernel density', 'interpolation'],
  computeClass: 'raster',
  inputs: {
    features: layer({
      title: 'Points',
      description: 'Points or MultiPoints; each point of a MultiPoint has the weight of its feature.',
    }),
    radius: required(positiveLength(), {
      title: 'Radius',
      unit: 'crs',
      description: 'Kernel radius (bandwidth) in units of the output CRS.',
    }),
    kernel: defaulted(enumeration(['quartic', 'epanechnikov', 'triangular', 'uniform']), 'quartic', {
      title: 'Kernel',
      description:
        'Weight of a point at the distance u, in radii. quartic: 15/16 (1 - u²)². epanechnikov: 3/4 (1 - u²). triangular: 1 - u. uniform: 1/2.',
    }),
    weightField: optional(Type.String({ minLength: 1 }), {
      title: 'Weight field',
      propertiesOf: 'features',
      description:
        'Points without a value in this field are left out. Without it every point has the weight 1.',
    }),
    ...outputGridInputs,
    nodata: outputNodata('none, because no pixel is missing.'),
  },
  outputs: {
    result: rasterOutput({
      title: 'Density',
      description: 'Single precision (float32); 0 if no point is within the radius, so no pixel is missing.',
    }),
  },
  examples: [
    {
      title: 'Sightings with a radius of 500 metres, in the Dutch national grid',
      request: {
        inputs: {
          features: sightings,
          radius: 500,
          weightField: 'birds',
          resolution: 25,
          extent: { bbox: [5.11, 52.08, 5.14, 52.1] },
          crs: 'http://www.opengis.net/def/crs/EPSG/0/28992',
        },
      },
    },
  ],
});
