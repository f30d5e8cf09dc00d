import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { bands, scaled } from '../common/raster-inputs.ts';

const point = (name: string, longitude: number, latitude: number) => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

export default defineProcess({
  id: 'sample-raster',
  version: '1.0.0',
  title: 'Sample raster',
  description: 'Adds raster values at point locations as properties.',
  keywords: ['raster', 'vector', 'points', 'extract values'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster', reads: 'part' }),
    features: layer({ title: 'Points', description: 'Points, transformed to the CRS of the raster.' }),
    bands,
    scaled,
    interpolation: defaulted(enumeration(['nearest', 'bilinear']), 'nearest', {
      title: 'Interpolation',
      description:
        'nearest: the pixel that contains the point. bilinear: interpolated between the centres of the four surrounding pixels, all of which must be valid; within half a pixel of the edge of the raster and next to nodata, values are null.',
    }),
    prefix: defaulted(Type.String(), 'band', {
      title: 'Property prefix',
      description: 'Prefix of the added properties, followed by the band number: band1.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Points with values',
      description:
        'The same features in the same order. Values are null where a point lies outside the raster or on nodata. With bilinear interpolation they are also null, with a warning, within half a pixel of the edge or next to nodata.',
    }),
  },
  examples: [
    {
      title: 'Elevation of three places',
      request: {
        inputs: {
          raster: elevation,
          features: {
            type: 'FeatureCollection',
            features: [
              point('eastern hill', 5.0776, 52.088),
              point('western hill', 5.0754, 52.0867),
              point('outside', 5.0815, 52.0885),
            ],
          },
          interpolation: 'bilinear',
        },
      },
    },
  ],
});
