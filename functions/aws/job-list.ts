import { anonymous } from '../../core/api/authorization.ts';
import { passes, statusesFromFilter } from '../../core/jobs/filter.ts';
import { everyone, type JobFilter, type JobPage, type JobPosition } from '../../core/jobs/job.ts';
import { EARLIEST, LATEST, parsePositionKey, positionKey, positionRange } from '../../core/jobs/position.ts';
import type { ItemTable } from './item-table.ts';
import { type JobItem, jobFromItem, makeEveryKey, makeListKey, OLD_SHARDS, SHARDS } from './job-item.ts';
import { mergeShards, type ShardPage } from './merge-shards.ts';
import { TableIndex } from './table-indexes.ts';

/** The indexes with their partition keys: of the jobs of one owner, and of all. */
const indexes = {
  own: { name: TableIndex.jobs, key: 'listKey' },
  all: { name: TableIndex.allJobs, key: 'everyKey' },
} as const;
/** A part of a list: an index, and the value of its partition key. */
interface Partition {
  readonly index: (typeof indexes)[keyof typeof indexes];
  readonly value: string;
  /** Leaves out the jobs that are in the index of all. */
  readonly onlyEarlier?: true;
}

/**
 * The partitions of a list, those of today first. The jobs of version 0.1.0 are not in the index of all, which came after it; none of
 * them has an owner of its own.
 */
function partitionsOf(owner: string | typeof everyone): readonly Partition[] {
  const each = (make: (shard: number) => Partition) =>
    Array.from({ length: OLD_SHARDS }, (_, shard) => make(shard));
  if (owner !== everyone) return each((shard) => ({ index: indexes.own, value: makeListKey(owner, shard) }));
  return [
    ...each((shard) => ({ index: indexes.all, value: makeEveryKey(shard) })),
    ...each((shard) => ({
      index: indexes.own,
      value: makeListKey(anonymous.owner, shard),
      onlyEarlier: true,
    })),
  ];
}

/** Items that a query looks at when most of them may not pass the filter. */
const FILTERED_CHUNK = 150;
/** With the chunks it bounds what one page costs: at most 16 x 2 x 150 items are looked at. */
const ROUNDS = 16;
/** Operands that DynamoDB takes in one IN. */
const LONGEST_IN = 100;

export interface ListRequest {
  readonly owner: string | typeof everyone;
  readonly filter: JobFilter;
  readonly limit: number;
  readonly after: JobPosition | undefined;
  readonly now: Date;
}

/** A page of the list: all shards of the owner, or of everybody, read in parallel and merged. */
export async function listJobItems(
  table: ItemTable,
  { owner, filter, limit, after, now }: ListRequest,
): Promise<JobPage> {
  const partitions = partitionsOf(owner);
  const range = positionRange(filter, after);
  const conditions = filterExpression(filter, now);
  const fair = Math.ceil((limit + 1) / SHARDS) * 2 + 2;
  const chunk = conditions.selective ? Math.max(FILTERED_CHUNK, fair) : fair;

  const list = `${table.name} ${partitions[0]?.value}`;
  // A page without filters that reads an old partition from its start to its end sees whether anything is left there.
  const seesAll = !conditions.selective && range.from === EARLIEST && range.to === LATEST;
  const read = (withoutOld.get(list) ?? 0) > now.getTime() ? partitions.slice(0, SHARDS) : partitions;
  let isOldEmpty = seesAll && read === partitions;

  const query = async (shard: number, to: string): Promise<ShardPage<JobItem>> => {
    // DynamoDB refuses an interval that ends before it starts.
    const partition = read[shard];
    if (range.from > to || !partition) return { items: [] };
    const { index, value, onlyEarlier } = partition;
    const { items: found, last } = await table.query({
      IndexName: index.name,
      KeyConditionExpression: '#listKey = :listKey AND #position BETWEEN :from AND :to',
      FilterExpression: onlyEarlier
        ? `${conditions.expression} AND attribute_not_exists(#everyKey)`
        : conditions.expression,
      ExpressionAttributeNames: {
        '#listKey': index.key,
        '#position': 'position',
        '#expires': 'expires',
        ...(onlyEarlier ? { '#everyKey': indexes.all.key } : {}),
        ...conditions.names,
      },
      ExpressionAttributeValues: {
        ':listKey': value,
        ':from': range.from,
        ':to': to,
        ...conditions.values,
      },
      ScanIndexForward: false,
      Limit: onlyEarlier ? Math.max(FILTERED_CHUNK, chunk) : chunk,
    });
    if (shard >= SHARDS && (found.length > 0 || last !== undefined)) isOldEmpty = false;
    const items = (found as unknown as JobItem[]).filter((item) => passes(item, filter, now));
    const reached = last?.['position'] as string | undefined;
    return reached === undefined ? { items } : { items, reached };
  };

  const { items, next } = await mergeShards({
    shards: read.length,
    query,
    toKey: ({ position }) => position,
    start: range.to,
    after: after && positionKey(after),
    limit,
    rounds: ROUNDS,
  });
  if (isOldEmpty) remember(list, now);
  return { jobs: items.map(jobFromItem), ...(next === undefined ? {} : { next: parsePositionKey(next) }) };
}

/**
 * Until when the old partitions of a list are taken for empty, because they were found so: while a deployment replaces functions, those of
 * the version before still write there. An instance looks again after as long as it has lived, seven times at most: then none of them
 * is left.
 */
const withoutOld = new Map<string, number>();
const REMEMBERED = 10_000;
/** Milliseconds after the first look of an instance after which no function of a version before is left. */
const REPLACED = 15 * 60_000;
const SHORTEST = 10_000;
let firstLook: number | undefined;

function remember(list: string, now: Date): void {
  const time = now.getTime();
  firstLook ??= time;
  const lived = time - firstLook;
  if (withoutOld.size >= REMEMBERED) withoutOld.clear();
  withoutOld.set(list, lived < REPLACED ? time + Math.max(SHORTEST, lived) : Number.POSITIVE_INFINITY);
}

/** What DynamoDB can leave out by itself; the rest is left out after reading. */
function filterExpression(filter: JobFilter, now: Date) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = { ':now': Math.floor(now.getTime() / 1000) };
  const terms = ['#expires > :now'];
  const addInTerm = (attribute: string, wanted: readonly string[] | undefined) => {
    if (!wanted || wanted.length === 0 || wanted.length > LONGEST_IN) return;
    names[`#${attribute}`] = attribute;
    for (const [index, value] of wanted.entries()) values[`:${attribute}${index}`] = value;
    terms.push(`#${attribute} IN (${wanted.map((_, index) => `:${attribute}${index}`).join(', ')})`);
  };
  const statuses = statusesFromFilter(filter);
  addInTerm('status', statuses);
  addInTerm('processID', filter.processIDs);
  const selective = statuses !== undefined || filter.processIDs !== undefined;
  return { expression: terms.join(' AND '), names, values, selective };
}
