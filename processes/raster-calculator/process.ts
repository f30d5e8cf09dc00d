import { Type } from 'typebox';
import { defaulted, defineProcess, rasterOutput, rasters, required } from '../../core/processes/define.ts';
import { nearInfrared, red } from '../common/raster-examples.ts';
import { nodata, outputTypeSchema } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'raster-calculator',
  version: '1.0.0',
  title: 'Raster calculator',
  description: 'An expression of bands, computed for every pixel.',
  keywords: ['raster', 'map algebra', 'band math'],
  computeClass: 'raster',
  inputs: {
    rasters: rasters(
      {
        title: 'Rasters',
        description: 'All have the same grid. A is the first, B the second, and so on.',
      },
      { min: 1, max: 26 },
    ),
    expression: required(Type.String({ minLength: 1, maxLength: 4000 }), {
      title: 'Expression',
      description:
        'A to Z are the first bands of the rasters; A1, A2 and so on their bands. Operators: + - * / ^ < <= > >= == != && || ! and brackets. Functions: abs, sqrt, log (natural), log10, exp, sin, cos, tan (radians), floor, ceil, min, max, pow and where(condition, value if it holds, value if not). Conditions are 1 or 0. A pixel that is missing in a band that the expression names, or whose result is not finite, is missing.',
    }),
    outputType: defaulted(outputTypeSchema, 'float32', {
      title: 'Data type of the result',
      description: 'Results are rounded to integer types, halves up, and kept within their range.',
    }),
    nodata,
  },
  outputs: { result: rasterOutput({ title: 'Result', description: 'One band on the grid of the rasters.' }) },
  examples: [
    {
      title: 'Vegetation index of a red and a near-infrared band',
      request: { inputs: { rasters: [red, nearInfrared], expression: '(B - A) / (B + A)' } },
    },
    {
      title: 'Where the vegetation is dense',
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
