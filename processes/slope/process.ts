import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import {
  algorithm,
  groundScale,
  nodataOfSurface,
  partsOfTerrain,
  terrainInputs,
  zFactor,
} from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'slope',
  version: '1.0.0',
  title: 'Slope',
  description: 'Slope of a digital elevation model, in degrees or percent.',
  keywords: ['raster', 'terrain', 'elevation', 'gradient'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    unit: defaulted(enumeration(['degree', 'percent']), 'degree', {
      title: 'Unit',
      description:
        'degree: the angle to the horizontal, from 0 to 90. percent: the rise per distance, times 100; 45 degrees are 100 percent.',
    }),
    zFactor,
    scale: groundScale,
    algorithm,
    nodata: nodataOfSurface,
  },
  outputs: {
    result: rasterOutput({
      title: 'Slope',
      description:
        'Single precision (float32) on the same grid. Missing pixels are -9999, unless another nodata value is given. The unit of the band is degree or percent.',
    }),
  },
  parts: partsOfTerrain,
  examples: [
    { title: 'Slope of two hills in degrees', request: { inputs: { raster: elevation } } },
    {
      title: 'In percent, with edges computed',
      request: { inputs: { raster: elevation, unit: 'percent', computeEdges: true } },
    },
  ],
});
