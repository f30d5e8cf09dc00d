import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput } from '../../core/processes/define.ts';
import { elevation } from '../common/raster-examples.ts';
import { algorithm, terrainInputs } from '../common/terrain-inputs.ts';

export default defineProcess({
  id: 'aspect',
  version: '1.0.0',
  title: 'Aspect',
  description: 'Direction in which the slope of an elevation model falls.',
  keywords: ['raster', 'terrain', 'elevation', 'exposition'],
  computeClass: 'raster',
  inputs: {
    ...terrainInputs,
    trigonometric: defaulted(Type.Boolean(), false, {
      title: 'Trigonometric angles',
      description: 'Counter-clockwise from east instead of clockwise from north.',
    }),
    zeroForFlat: defaulted(Type.Boolean(), false, {
      title: 'Zero where it is flat',
      description: 'By default flat pixels are missing.',
    }),
    algorithm,
  },
  outputs: {
    result: rasterOutput({
      title: 'Directions',
      description:
        'Degrees from 0 to below 360, single precision, on the same grid; -9999 where it is missing.',
    }),
  },
  examples: [
    { title: 'Where two hills face', request: { inputs: { raster: elevation } } },
    {
      title: 'As angles of mathematics, up to the edges',
      request: { inputs: { raster: elevation, trigonometric: true, zeroForFlat: true, computeEdges: true } },
    },
  ],
});
