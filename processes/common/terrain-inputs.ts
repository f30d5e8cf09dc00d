import { Type } from 'typebox';
import { defaulted, optional, raster } from '../../core/processes/define.ts';
import { enumeration, positiveNumber } from '../../core/processes/schemas.ts';
import { band } from './raster-inputs.ts';

/** Inputs that the processes for elevation models have in common. */
export const terrainInputs = {
  raster: raster({ title: 'Elevation model', description: 'Heights in metres, if nothing else is said.' }),
  band,
  computeEdges: defaulted(Type.Boolean(), false, {
    title: 'Compute the edges',
    description:
      'Pixels at the border and beside missing ones get a result too: heights beyond the border are extrapolated, missing ones taken to be that of the pixel.',
  }),
};

export const algorithm = defaulted(enumeration(['horn', 'zevenbergenThorne']), 'horn', {
  title: 'Formula of the gradient',
  description:
    'Horn takes all eight neighbours, Zevenbergen and Thorne the four nearest, which suits smooth land.',
});

export const zFactor = defaulted(positiveNumber(), 1, {
  title: 'Factor of heights',
  description: 'Heights are multiplied by it: exaggeration, or another unit.',
});

export const groundScale = optional(positiveNumber(), {
  title: 'Horizontal units per vertical unit',
  description:
    'By default 1 on projected rasters, and 111120 on geographic ones: metres in a degree. 370400 suits feet in degrees.',
});
