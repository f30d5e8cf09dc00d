import { Type } from 'typebox';
import { defaulted, defineProcess, layer, layerOutput, raster } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { bands } from '../common/raster-inputs.ts';

const point = (name: string, longitude: number, latitude: number) => ({
  type: 'Feature',
  properties: { name },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});

export default defineProcess({
  id: 'sample-raster',
  version: '1.0.0',
  title: 'Sample raster',
  description: 'Values of a raster at points, as properties.',
  keywords: ['raster', 'vector', 'points', 'extract values'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    features: layer({ title: 'Points', description: 'They are moved to the CRS of the raster.' }),
    bands,
    interpolation: defaulted(enumeration(['nearest', 'bilinear']), 'nearest', {
      title: 'Interpolation',
      description:
        'nearest takes the pixel that a point lies in, bilinear the four whose centres are around it.',
    }),
    prefix: defaulted(Type.String(), 'band', {
      title: 'Prefix of the properties',
      description: 'Followed by the number of the band: band1.',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Points with values',
      description:
        'The same features in the same order. Null stands where a point lies outside or a pixel that is needed is missing.',
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
              point('outside', 5.2, 52.1),
            ],
          },
          interpolation: 'bilinear',
        },
      },
    },
  ],
});
