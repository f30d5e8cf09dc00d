import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { elevation } from '../common/raster-examples.ts';
import { algorithm, nodataOfSurface, partsOfTerrain, terrainInputs } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'aspect',
  version: '1.0.0',
  title: 'Aspect',
  description: 'Compass direction of the downhill slope of an elevation model.',
  keywords: ['raster', 'terrain', 'elevation', 'slope direction'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    trigonometric: defaulted(Type.Boolean(), false, {
      title: 'Trigonometric angle',
      description: 'Return angles counter-clockwise from east instead of azimuths clockwise from north.',
    }),
    zeroForFlat: defaulted(Type.Boolean(), false, {
      title: 'Return 0 for flat areas',
      description: 'By default flat areas are nodata.',
    }),
    algorithm,
    nodata: nodataOfSurface,
  },
  outputs: {
    result: rasterOutput({
      title: 'Aspect',
      description:
        'Degrees from 0 to below 360, single precision (float32), on the same grid. Missing pixels are -9999, unless another nodata value is given.',
    }),
  },
  parts: partsOfTerrain,
  examples: [
    { title: 'Aspect of two hills', request: { inputs: { raster: elevation } } },
    {
      title: 'As trigonometric angles, with edges computed',
      request: { inputs: { raster: elevation, trigonometric: true, zeroForFlat: true, computeEdges: true } },
    },
  ],
});
