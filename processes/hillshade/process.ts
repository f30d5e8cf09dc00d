import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { elevation } from '../common/raster-examples.ts';
import { outputNodata } from '../common/raster-inputs.ts';
import { algorithm, groundScale, partsOfTerrain, terrainInputs, zFactor } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'hillshade',
  version: '1.0.0',
  title: 'Hillshade',
  description: 'Shaded relief of a digital elevation model.',
  keywords: ['raster', 'terrain', 'elevation', 'relief'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    azimuth: defaulted(Type.Number({ minimum: 0, maximum: 360 }), 315, {
      title: 'Azimuth of the light',
      unit: 'degree',
      description: 'Direction of the light source, in degrees clockwise from north.',
    }),
    altitude: defaulted(Type.Number({ minimum: 0, maximum: 90 }), 45, {
      title: 'Altitude of the light',
      unit: 'degree',
      description: 'Angle of the light source above the horizon, in degrees.',
    }),
    zFactor,
    scale: groundScale,
    algorithm,
    nodata: outputNodata('0, which no shade is.'),
  },
  outputs: {
    result: rasterOutput({
      title: 'Hillshade',
      description:
        'Bytes from 1 (dark) to 255 (light) on the same grid. Missing pixels are 0, unless another nodata value is given.',
    }),
  },
  parts: partsOfTerrain,
  examples: [
    { title: 'Two hills lit from the north-west', request: { inputs: { raster: elevation } } },
    {
      title: 'A low sun in the east, with doubled relief',
      request: {
        inputs: { raster: elevation, azimuth: 90, altitude: 15, zFactor: 2, computeEdges: true },
        outputs: { result: { format: { mediaType: 'image/png' } } },
      },
    },
  ],
});
