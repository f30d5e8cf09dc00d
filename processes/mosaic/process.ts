import { defaulted, defineProcess, rasterOutput, rasters } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { partsOfPixels } from '../common/parts.ts';
import { easternSheet, nearInfrared, red, westernSheet } from '../common/raster-examples.ts';
import { outputNodata } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'mosaic',
  version: '1.0.0',
  title: 'Mosaic',
  description: 'Merges adjacent or overlapping rasters into one.',
  keywords: ['raster', 'merge', 'mosaic'],
  computeClass: 'raster',
  inputs: {
    rasters: rasters(
      {
        title: 'Rasters',
        description: 'North-up rasters in the same CRS, with the same number of bands.',
        reads: 'bands',
      },
      { min: 1, max: 100 },
    ),
    method: defaulted(enumeration(['first', 'last', 'min', 'max', 'mean']), 'first', {
      title: 'Overlap method',
      description:
        'Value of a pixel where rasters overlap; nodata pixels never hide valid ones. first: that of the first raster, in the order given. last: that of the last raster. min: the lowest. max: the highest. mean: the arithmetic mean.',
    }),
    nodata: outputNodata(
      'that of the first raster, for means -9999, if no valid pixel has it; otherwise missing pixels are marked by a mask or the alpha channel, or, if the job is divided into parts, it fails with 413.',
    ),
  },
  outputs: {
    result: rasterOutput({
      title: 'Mosaic',
      description:
        'Covers all rasters with the pixel size and data type of the first; pixels of the other rasters are snapped to the nearest pixel of its grid. The method mean gives floating point.',
    }),
  },
  parts: { ...partsOfPixels, input: 'rasters' },
  examples: [
    {
      title: 'Two sheets of an elevation model',
      request: { inputs: { rasters: [westernSheet, easternSheet] } },
    },
    {
      title: 'The maximum of two rasters',
      request: { inputs: { rasters: [red, nearInfrared], method: 'max' } },
    },
  ],
});
