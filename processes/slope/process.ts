import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { algorithm, groundScale, terrainInputs, zFactor } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'slope',
  version: '1.0.0',
  title: 'Slope',
  description: 'Steepness of an elevation model, in degrees or percent.',
  keywords: ['raster', 'terrain', 'elevation', 'gradient'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    unit: defaulted(enumeration(['degree', 'percent']), 'degree', { title: 'Unit' }),
    zFactor,
    scale: groundScale,
    algorithm,
  },
  outputs: {
    result: rasterOutput({
      title: 'Slopes',
      description: 'Single precision on the same grid; -9999 where it is missing.',
    }),
  },
  examples: [
    { title: 'Steepness of two hills', request: { inputs: { raster: elevation } } },
    {
      title: 'In percent, up to the edges',
      request: { inputs: { raster: elevation, unit: 'percent', computeEdges: true } },
    },
  ],
});
