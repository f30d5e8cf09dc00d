import type { ItemTable } from './item-table.ts';
import { makeSweepKey, OLD_SHARDS } from './job-item.ts';
import { TableIndex } from './table-indexes.ts';

interface DueJob {
  readonly jobID: string;
  readonly due: string;
}

/** Ids of the jobs that are due, longest due first: the oldest of each partition, read in parallel. */
export async function dueJobs(table: ItemTable, now: Date, limit: number): Promise<string[]> {
  const query = async (shard: number): Promise<DueJob[]> => {
    const { items } = await table.query({
      IndexName: TableIndex.due,
      KeyConditionExpression: '#sweepKey = :sweepKey AND #due <= :now',
      ExpressionAttributeNames: { '#sweepKey': 'sweepKey', '#due': 'due' },
      ExpressionAttributeValues: { ':sweepKey': makeSweepKey(shard), ':now': now.toISOString() },
      Limit: limit,
    });
    return items as unknown as DueJob[];
  };
  const found = await Promise.all(Array.from({ length: OLD_SHARDS }, (_, shard) => query(shard)));
  return found
    .flat()
    .sort((one, other) => (one.due < other.due ? -1 : 1))
    .slice(0, limit)
    .map(({ jobID }) => jobID);
}
