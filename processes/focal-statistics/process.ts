import { Type } from 'typebox';
import { defaulted, defineProcess, raster, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { band } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'focal-statistics',
  version: '1.0.0',
  title: 'Focal statistics',
  description: 'A statistic of the square of pixels around each pixel.',
  keywords: ['raster', 'neighbourhood', 'moving window', 'filter'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    size: defaulted(Type.Integer({ minimum: 1, maximum: 99 }), 3, {
      title: 'Size of the square',
      description: 'An odd number of pixels.',
    }),
    statistic: defaulted(enumeration(['mean', 'min', 'max', 'median', 'sum', 'stddev', 'range']), 'mean', {
      title: 'Statistic',
      description: 'stddev is that of the population.',
    }),
  },
  outputs: {
    result: rasterOutput({
      title: 'Statistic of each pixel',
      description:
        'Missing pixels and those outside the raster are left out of the square; a pixel that is missing itself stays so. Floating point; nodata is -9999.',
    }),
  },
  examples: [
    { title: 'Smooth elevation', request: { inputs: { raster: elevation } } },
    {
      title: 'Relief in a square of 5 pixels',
      request: { inputs: { raster: elevation, size: 5, statistic: 'range' } },
    },
  ],
});
