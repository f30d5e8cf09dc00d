import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { nodataOfComputed } from '../common/raster-inputs.ts';
import { partsOfTerrain, terrainInputs } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'terrain-index',
  version: '1.0.0',
  title: 'Terrain indices',
  description:
    'Terrain ruggedness index (TRI), topographic position index (TPI) or roughness of a digital elevation model.',
  keywords: ['raster', 'terrain', 'elevation', 'ruggedness', 'TRI', 'TPI', 'roughness'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    index: defaulted(enumeration(['tri', 'triWilson', 'tpi', 'roughness']), 'tri', {
      title: 'Index',
      description:
        'tri: square root of the summed squared differences from the eight neighbours (Riley et al. 1999). triWilson: mean absolute difference from them (Wilson et al. 2007, for bathymetry). tpi: elevation minus the mean of the neighbours. roughness: the largest difference within the 3 by 3 window.',
    }),
    nodata: nodataOfComputed,
  },
  outputs: {
    result: rasterOutput({
      title: 'Index',
      description: 'In units of elevation, single precision (float32), on the same grid.',
    }),
  },
  parts: partsOfTerrain,
  examples: [
    { title: 'Ruggedness index of two hills', request: { inputs: { raster: elevation } } },
    {
      title: 'Topographic position index, with edges computed',
      request: { inputs: { raster: elevation, index: 'tpi', computeEdges: true } },
    },
  ],
});
