import { defaulted, defineProcess, rasterOutput, rasters } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { nearInfrared, red } from '../common/raster-examples.ts';

export default defineProcess({
  id: 'mosaic',
  version: '1.0.0',
  title: 'Mosaic',
  description: 'One raster of several that lie beside or over each other.',
  keywords: ['raster', 'merge', 'mosaic'],
  computeClass: 'raster',
  inputs: {
    rasters: rasters(
      {
        title: 'Rasters',
        description: 'All in the same CRS, with the same number of bands, north up.',
      },
      { min: 1, max: 100 },
    ),
    method: defaulted(enumeration(['first', 'last', 'min', 'max', 'mean']), 'first', {
      title: 'Where rasters overlap',
      description: 'first and last go by the order of the rasters. Missing pixels never hide others.',
    }),
  },
  outputs: {
    result: rasterOutput({
      title: 'Mosaic',
      description:
        'It covers all rasters with the pixel size, data type and nodata of the first; other pixels are moved to the nearest of its own. The mean is floating point with nodata -9999.',
    }),
  },
  examples: [
    {
      title: 'The greater of two',
      request: { inputs: { rasters: [red, nearInfrared], method: 'max' } },
    },
  ],
});
