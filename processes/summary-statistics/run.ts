import { MediaType } from '../../core/api/uris.ts';
import { Encoded, type Run } from '../../core/processes/declaration.ts';
import { aggregateNames, aggregateReader } from '../engines/aggregates.ts';
import { csvTable } from '../engines/layers/csv-write.ts';
import { readLayer } from '../engines/layers/read.ts';
import type declaration from './process.ts';

/** Summarises the properties of each group of features. */
export const run: Run<typeof declaration> = async ({ features, aggregates, groupBy }, context) => {
  const layer = await readLayer(features, context);
  const rowOf = aggregateReader(layer, groupBy, aggregates);
  const groups = Map.groupBy(layer.features, ({ properties }) =>
    JSON.stringify(groupBy.map((name) => properties[name] ?? null)),
  );
  const rows = [];
  for (const members of groups.values()) {
    await context.progress(rows.length, groups.size, 'Summarising groups');
    rows.push(rowOf(members));
  }
  if (context.format('result') !== MediaType.csv) return { result: rows };
  return { result: new Encoded(MediaType.csv, csvTable(aggregateNames(groupBy, aggregates), rows)) };
};
