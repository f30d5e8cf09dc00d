import { Type } from 'typebox';
import { defaulted, defineProcess, json, optional, raster } from '../../core/processes/define.ts';
import { partsOfSummary } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { bands, scaled } from '../common/raster-inputs.ts';

const number = Type.Unsafe<number | null>({ type: 'number', nullable: true });

const histogram = Type.Object({
  min: Type.Number({ description: 'Lower bound of the first bin.' }),
  max: Type.Number({ description: 'Upper bound of the last bin, which it belongs to.' }),
  counts: Type.Array(Type.Integer(), { description: 'Pixels in each bin; all are equally wide.' }),
});

const bandStatistics = Type.Object({
  band: Type.Integer(),
  scaled: Type.Boolean({ description: 'Scale and offset of the band are applied.' }),
  unit: Type.Optional(Type.String({ description: 'Unit of the scaled values, if the raster names it.' })),
  count: Type.Integer({ description: 'Pixels that are there.' }),
  nodataCount: Type.Integer({ description: 'Pixels that are missing.' }),
  min: number,
  max: number,
  mean: number,
  median: number,
  stddev: Type.Unsafe<number | null>({
    type: 'number',
    nullable: true,
    description: 'Standard deviation of the population.',
  }),
  sum: number,
  percentiles: Type.Unsafe<Record<string, number | null>>({
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
    ...{
      description: 'By the number that was asked for, as text.',
    },
  }),
  histogram: Type.Optional(Type.Unsafe<object | null>({ ...histogram, nullable: true })),
});

export default defineProcess({
  id: 'raster-statistics',
  version: '1.0.0',
  title: 'Raster statistics',
  description: 'Statistics, percentiles and a histogram of the valid pixels of each band.',
  keywords: ['raster', 'statistics', 'histogram'],
  computeClass: 'raster',
  inputs: {
    raster: raster({ title: 'Raster' }),
    bands,
    scaled,
    percentiles: defaulted(
      Type.Array(Type.Number({ minimum: 0, maximum: 100 }), { maxItems: 100, uniqueItems: true }),
      [],
      { title: 'Percentiles', description: 'Percentiles to compute, from 0 to 100, interpolated linearly.' },
    ),
    histogramBins: optional(Type.Integer({ minimum: 1, maximum: 65_536 }), {
      title: 'Histogram bins',
      description: 'Number of equal bins between minimum and maximum. Without it no histogram is computed.',
    }),
  },
  outputs: {
    result: json(Type.Object({ bands: Type.Array(bandStatistics) }), {
      title: 'Statistics',
      description: 'Statistics of a band without valid pixels are null, and its sum is 0.',
    }),
  },
  parts: partsOfSummary,
  examples: [
    {
      title: 'Elevation, with its 2nd and 98th percentiles',
      request: { inputs: { raster: elevation, percentiles: [2, 98], histogramBins: 5 } },
    },
    { title: 'Land cover', request: { inputs: { raster: landCover, bands: [1] } } },
  ],
});
