import { Type } from 'typebox';
import { defaulted, defineProcess, raster, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { partsOfPixels } from '../common/parts.ts';
import { elevation } from '../common/raster-examples.ts';
import { band, nodataOfComputed } from '../common/raster-inputs.ts';

/** Side of the largest window. */
const MOST_SIZE = 99;

export default defineProcess({
  id: 'focal-statistics',
  version: '1.0.0',
  title: 'Focal statistics',
  description: 'A statistic of the pixels in a moving window around each pixel.',
  keywords: ['raster', 'neighbourhood', 'moving window', 'filter'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    size: defaulted(Type.Integer({ minimum: 1, maximum: MOST_SIZE }), 3, {
      title: 'Window size',
      unit: 'pixel',
      description: 'Width and height of the window in pixels; an odd number.',
    }),
    statistic: defaulted(enumeration(['mean', 'min', 'max', 'median', 'sum', 'stddev', 'range']), 'mean', {
      title: 'Statistic',
      description:
        'Of the values in the window. mean: their arithmetic mean. min: the lowest. max: the highest. median: the middle one, or the mean of the middle two. sum: their sum. stddev: their standard deviation, of the population. range: the highest minus the lowest.',
    }),
    nodata: nodataOfComputed,
  },
  outputs: {
    result: rasterOutput({
      title: 'Focal statistic',
      description:
        'Missing pixels in the window and pixels outside the raster are ignored; a missing pixel stays missing. Floating point.',
    }),
  },
  parts: { ...partsOfPixels, halo: (MOST_SIZE - 1) / 2 },
  examples: [
    {
      title: 'Local relief in a 5 by 5 window',
      request: { inputs: { raster: elevation, size: 5, statistic: 'range' } },
    },
    { title: 'Smoothed elevation', request: { inputs: { raster: elevation } } },
  ],
});
