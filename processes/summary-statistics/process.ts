import { Type } from 'typebox';
import { defaulted, defineProcess, json, layer } from '../../core/processes/define.ts';
import type { Encoded } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { parcels, trees } from '../common/overlay-examples.ts';
import { requiredAggregates } from '../common/vector-inputs.ts';

const table = Type.Unsafe<Record<string, unknown>[] | Encoded>({
  oneOf: [
    { title: 'Rows as objects', type: 'array', items: { type: 'object' } },
    { title: 'CSV', type: 'string', contentMediaType: MediaType.csv },
  ],
});

export default defineProcess({
  id: 'summary-statistics',
  version: '1.0.0',
  title: 'Summary statistics',
  description: 'A table of statistics of properties, by group.',
  keywords: ['vector', 'statistics', 'table', 'aggregate', 'group'],
  computeClass: 'light',
  inputs: {
    features: layer({ title: 'Features', description: 'Features without a geometry are included.' }),
    aggregates: requiredAggregates,
    groupBy: defaulted(Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true }), [], {
      title: 'Group by fields',
      propertiesOf: 'features',
      description:
        'Features with equal values in all of these properties form a group. Without any, all features form one group.',
    }),
  },
  outputs: {
    result: json(table, {
      title: 'Statistics',
      description:
        'One row per group, in order of first appearance, with the group values, the count and the aggregates.',
    }),
  },
  examples: [
    {
      title: 'Height of trees by species',
      request: {
        inputs: {
          features: trees,
          groupBy: ['species'],
          aggregates: [
            { field: 'height', statistic: 'mean' },
            { field: 'height', statistic: 'max', name: 'tallest' },
          ],
        },
      },
    },
    {
      title: 'The value of all parcels, as CSV',
      request: {
        inputs: { features: parcels, aggregates: [{ field: 'value', statistic: 'sum' }] },
        outputs: { result: { format: { mediaType: MediaType.csv } } },
      },
    },
  ],
});
