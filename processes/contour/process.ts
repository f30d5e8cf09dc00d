import { Type } from 'typebox';
import { defaulted, defineProcess, layerOutput, optional, raster } from '../../core/processes/define.ts';
import { positiveNumber } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { band } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'contour',
  version: '1.0.0',
  title: 'Contour lines',
  description: 'Isolines of a raster: lines along which it has a value.',
  keywords: ['raster', 'vector', 'contour', 'isolines', 'terrain'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    interval: optional(positiveNumber(), {
      title: 'Interval',
      description: 'Lines run at the base and at every multiple of the interval above and below it.',
    }),
    base: defaulted(Type.Number(), 0, { title: 'Base of the intervals' }),
    levels: optional(Type.Array(Type.Number(), { minItems: 1, maxItems: 10_000 }), {
      title: 'Levels',
      description: 'Values at which lines run, instead of an interval.',
    }),
    fieldName: defaulted(Type.String({ minLength: 1 }), 'value', {
      title: 'Property with the value of a line',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Contour lines',
      description:
        'One feature per line, from low to high. Lines run through the centres of pixels with linear interpolation between them, and end where a pixel is missing. Closed lines end where they begin.',
    }),
  },
  examples: [
    {
      title: 'Lines every five metres',
      request: { inputs: { raster: elevation, interval: 5, fieldName: 'elevation' } },
    },
    {
      title: 'Lines at two levels',
      request: { inputs: { raster: elevation, levels: [25, 32.5] } },
    },
  ],
});
