import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput, rasters, required } from '../../core/processes/define.ts';
import { partsOfPixels } from '../common/parts.ts';
import { nearInfrared, red } from '../common/raster-examples.ts';
import { nodataOfComputed, outputTypeMeanings, outputTypeSchema } from '../common/raster-inputs.ts';
import { functionNames } from './operations.ts';

export default defineProcess({
  id: 'raster-calculator',
  version: '1.0.0',
  title: 'Raster calculator',
  description: 'Map algebra: evaluates an expression of raster bands for every pixel.',
  keywords: ['raster', 'map algebra', 'band math'],
  computeClass: 'raster',
  inputs: {
    rasters: rasters(
      {
        title: 'Rasters',
        description: 'All on the same grid. A is the first raster, B the second, and so on.',
      },
      { min: 1, max: 26 },
    ),
    expression: {
      ...required(Type.String({ minLength: 1, maxLength: 4000 }), {
        title: 'Expression',
        description:
          'A to Z stand for the first band of each raster; A1, A2 and so on for the bands of raster A. Operators: + - * / ^ < <= > >= == != && || ! and parentheses. Functions: abs, sqrt, log (natural), log10, exp, sin, cos, tan (radians), floor, ceil, min, max, pow and where(condition, value if true, value if false). Conditions are 1 or 0. A pixel that is nodata in any band of the expression, or whose result is not finite, is nodata; a warning counts the latter.',
      }),
      offers: functionNames.map((name) => `${name}(`),
    },
    outputType: defaulted(outputTypeSchema, 'float32', {
      title: 'Output data type',
      description: `For integer types, results are rounded (halves up) and clamped to the range of the type. ${outputTypeMeanings}`,
    }),
    nodata: nodataOfComputed,
  },
  outputs: {
    result: rasterOutput({ title: 'Result', description: 'A single band on the grid of the rasters.' }),
  },
  parts: { ...partsOfPixels, input: 'rasters' },
  examples: [
    {
      title: 'NDVI of a red and a near-infrared band',
      request: { inputs: { rasters: [red, nearInfrared], expression: '(B - A) / (B + A)' } },
    },
    {
      title: 'Mask of dense vegetation',
      description: 'Ones and zeros in a byte per pixel; 255 is nodata.',
      request: {
        inputs: {
          rasters: [red, nearInfrared],
          expression: 'where((B - A) / (B + A) > 0.5 && A < 60, 1, 0)',
          outputType: 'uint8',
          nodata: 255,
        },
      },
    },
  ],
});
