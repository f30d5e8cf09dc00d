import { Type } from 'typebox';
import type { Parts } from '../../core/processes/declaration.ts';
import { defaulted, optional, raster } from '../../core/processes/define.ts';
import { enumeration, positiveNumber } from '../../core/processes/schemas.ts';
import { partsOfPixels } from './parts.ts';
import { band, outputNodata } from './raster-inputs.ts';

/** Inputs that the processes for elevation models have in common. */
export const terrainInputs = {
  raster: raster({
    title: 'Elevation model',
    description:
      'A digital elevation model (DEM). Elevations are assumed to be in metres unless the Z factor or scale says otherwise.',
  }),
  band,
  computeEdges: defaulted(Type.Boolean(), false, {
    title: 'Compute edges',
    description:
      'Compute values at raster edges and next to nodata pixels too, as gdaldem -compute_edges does: elevations beyond the edge are extrapolated, and a missing neighbour takes the value of the centre pixel.',
  }),
};

export const algorithm = defaulted(enumeration(['horn', 'zevenbergenThorne']), 'horn', {
  title: 'Gradient algorithm',
  description:
    'horn: all eight neighbours, which suits rough terrain (Horn 1981). zevenbergenThorne: the four nearest, which suits smooth terrain (Zevenbergen and Thorne 1987).',
});

export const zFactor = defaulted(positiveNumber(), 1, {
  title: 'Z factor',
  description: 'Factor by which elevations are multiplied, to exaggerate the relief or to convert units.',
});

export const groundScale = optional(positiveNumber(), {
  title: 'Scale',
  description:
    'Number of vertical units per horizontal unit, as in gdaldem -s: 111120 for elevations in metres and a CRS in degrees. By default elevations are in metres, and the size of pixels on the ground follows from the CRS; in a geographic CRS it is computed on the ellipsoid at the latitude of each row.',
});

/** Nodata of a result in single precision. */
export const nodataOfSurface = outputNodata('-9999.');

/** A gradient is that of a pixel and the eight around it. */
export const partsOfTerrain: Parts = { ...partsOfPixels, halo: 1 };
