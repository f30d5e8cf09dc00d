import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { elevation } from '../common/raster-examples.ts';
import { algorithm, groundScale, terrainInputs, zFactor } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'hillshade',
  version: '1.0.0',
  title: 'Hillshade',
  description: 'Shaded relief of an elevation model.',
  keywords: ['raster', 'terrain', 'elevation', 'relief'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    azimuth: defaulted(Type.Number({ minimum: 0, maximum: 360 }), 315, {
      title: 'Direction of the light',
      description: 'Degrees clockwise from north.',
    }),
    altitude: defaulted(Type.Number({ minimum: 0, maximum: 90 }), 45, {
      title: 'Height of the light',
      description: 'Degrees above the horizon.',
    }),
    zFactor,
    scale: groundScale,
    algorithm,
  },
  outputs: {
    result: rasterOutput({
      title: 'Shades',
      description: 'Bytes from 1 (dark) to 255 (light) on the same grid; 0 where it is missing.',
    }),
  },
  examples: [
    { title: 'Two hills in the light of the north-west', request: { inputs: { raster: elevation } } },
    {
      title: 'A low sun in the east, heights doubled',
      request: {
        inputs: { raster: elevation, azimuth: 90, altitude: 15, zFactor: 2, computeEdges: true },
        outputs: { result: { format: { mediaType: 'image/png' } } },
      },
    },
  ],
});
