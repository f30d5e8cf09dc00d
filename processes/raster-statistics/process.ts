import { Type } from 'typebox';
import { defaulted, defineProcess, json, optional, raster } from '../../core/processes/define.ts';
import { partsOfSummary } from '../common/parts.ts';
import { elevation, landCover } from '../common/raster-examples.ts';
import { bands, scaled } from '../common/raster-inputs.ts';

const number = Type.Unsafe<number | null>({ type: 'number', nullable: true });

const histogram = Type.Object({
  min: Type.Number({ description: 'Lower bound of the first bin.' }),
  max: Type.Number({ description: 'Upper bound of the last bin, inclusive.' }),
  counts: Type.Array(Type.Integer(), {
    description: 'Number of pixels in each bin; all bins have the same width.',
  }),
});

const bandStatistics = Type.Object({
  band: Type.Integer(),
  scaled: Type.Boolean({ description: 'Whether the scale and offset of the band were applied.' }),
  unit: Type.Optional(Type.String({ description: 'Unit of the scaled values, if the raster states one.' })),
  count: Type.Integer({ description: 'Number of valid pixels.' }),
  nodataCount: Type.Integer({ description: 'Number of missing pixels.' }),
  min: number,
  max: number,
  mean: number,
  median: number,
  stddev: Type.Unsafe<number | null>({
    type: 'number',
    nullable: true,
    description: 'Population standard deviation.',
  }),
  sum: number,
  percentiles: Type.Unsafe<Record<string, number | null>>({
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
    ...{
      description: 'Values by requested percentile, as text.',
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
      {
        title: 'Percentiles',
        unit: 'percent',
        description: 'Percentiles to compute, from 0 to 100, interpolated linearly.',
      },
    ),
    histogramBins: optional(Type.Integer({ minimum: 1, maximum: 65_536 }), {
      title: 'Histogram bins',
      description:
        'Number of bins of equal width between minimum and maximum. If omitted, no histogram is computed.',
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
