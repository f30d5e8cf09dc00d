import { Type } from 'typebox';
import { defaulted, defineProcess, layerOutput, optional, raster } from '../../core/processes/define.ts';
import { positiveNumber } from '../../core/processes/schemas.ts';
import { elevation } from '../common/raster-examples.ts';
import { band } from '../common/raster-inputs.ts';

export default defineProcess({
  id: 'contour',
  version: '1.0.0',
  title: 'Contour lines',
  description: 'Contour lines (isolines) of a raster.',
  keywords: ['raster', 'vector', 'contour', 'isolines', 'terrain'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    band,
    interval: optional(positiveNumber(), {
      title: 'Interval',
      unit: 'raster',
      description:
        'Elevation interval between contours: levels are the base and every multiple of the interval above and below it.',
    }),
    base: defaulted(Type.Number(), 0, { title: 'Base level', unit: 'raster' }),
    levels: optional(Type.Array(Type.Number(), { minItems: 1, maxItems: 10_000 }), {
      title: 'Levels',
      unit: 'raster',
      description: 'Fixed levels, instead of an interval.',
    }),
    fieldName: defaulted(Type.String({ minLength: 1 }), 'value', {
      title: 'Level field name',
    }),
  },
  outputs: {
    result: layerOutput({
      title: 'Contour lines',
      description:
        'One feature per line, from low to high. Lines are interpolated linearly between pixel centres and end at nodata pixels. Closed contours end where they begin.',
    }),
  },
  examples: [
    {
      title: 'Contours every 5 metres',
      request: { inputs: { raster: elevation, interval: 5, fieldName: 'elevation' } },
    },
    {
      title: 'Contours at two fixed levels',
      request: { inputs: { raster: elevation, levels: [25, 32.5] } },
    },
  ],
});
