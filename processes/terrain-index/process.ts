import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { enumeration } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { terrainInputs } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'terrain-index',
  version: '1.0.0',
  title: 'Terrain indices',
  description: 'Ruggedness (TRI), topographic position (TPI) or roughness of an elevation model.',
  keywords: ['raster', 'terrain', 'elevation', 'ruggedness', 'TRI', 'TPI', 'roughness'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    index: defaulted(enumeration(['tri', 'triWilson', 'tpi', 'roughness']), 'tri', {
      title: 'Index',
      description:
        'tri: root of the summed squared differences to the eight neighbours (Riley). triWilson: mean absolute difference to them (Wilson, for the sea floor). tpi: the pixel minus the mean of its neighbours. roughness: the greatest minus the least of the nine.',
    }),
  },
  outputs: {
    result: rasterOutput({
      title: 'Index',
      description: 'In units of height, single precision, on the same grid; -9999 where it is missing.',
    }),
  },
  examples: [
    { title: 'Ruggedness of two hills', request: { inputs: { raster: elevation } } },
    {
      title: 'Topographic position, up to the edges',
      request: { inputs: { raster: elevation, index: 'tpi', computeEdges: true } },
    },
  ],
});
