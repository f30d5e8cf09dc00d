import type { Parts } from '../../core/processes/declaration.ts';

/** Each pixel of the result is made of the same pixel of the raster. */
export const partsOfPixels: Parts = {
  by: 'rows',
  give: 'pixels',
  halo: 0,
  input: 'raster',
  output: 'result',
};

/** The parts find out what the result is made of. */
export const partsOfSummary: Parts = { ...partsOfPixels, give: 'summary' };
