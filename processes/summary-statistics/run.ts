import type { Run } from '../../core/processes/declaration.ts';
import { Encoded } from '../../core/run/context.ts';
import { MediaType } from '../../core/shared/uris.ts';
import { csvTable } from '../../geo/formats/csv/csv-write.ts';
import { readLayer } from '../../geo/formats/read.ts';
import { readProperty } from '../../geo/layer/properties.ts';
import { aggregateNames, aggregateReader } from '../../geo/statistics/aggregates.ts';
import type declaration from './process.ts';

/** Summarises the properties of each group of features. */
export const run: Run<typeof declaration> = async ({ features, aggregates, groupBy }, context) => {
  const layer = await readLayer(features, context);
  const computeRow = aggregateReader(layer, groupBy, aggregates);
  const groups = Map.groupBy(layer.features, ({ properties }) =>
    JSON.stringify(groupBy.map((name) => readProperty(properties, name))),
  );
  const rows = [];
  for (const members of groups.values()) {
    await context.progress(rows.length, groups.size, 'Summarising groups');
    rows.push(computeRow(members));
  }
  if (context.format('result') !== MediaType.csv) return { result: rows };
  return { result: new Encoded(MediaType.csv, csvTable(aggregateNames(groupBy, aggregates), rows)) };
};
