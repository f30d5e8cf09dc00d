import { positionKey } from '../../core/jobs/position.ts';
import type { UsageStore } from '../../core/ports.ts';
import type { UsageEntry, UsageOutcome } from '../../core/usage/usage-entry.ts';
import { type Documents, documents, refusedItem } from './client/documents.ts';
import { computeShard, SHARDS } from './job-item.ts';
import { SettledUsage } from './settled-usage.ts';
import { TableIndex } from './table-indexes.ts';

/** Megabytes that are read of each partition at most: some forty thousand entries of a day in all. */
const MOST_PAGES = 32;

/** Not the id of any job, which has no such sign. */
const usageKey = (id: string): string => `usage#${id}`;
/** Not the partition of any job, which ends in a number alone. */
const usageListKey = (owner: string, shard: number): string => `${owner}#u${shard}`;

interface UsageItem extends Omit<UsageEntry, 'id'> {
  readonly jobID: string;
  readonly listKey: string;
  readonly position: string;
}

/** What owners use, as small items of the table of jobs: they are listed by its index, apart from the jobs. */
export class UsageTable implements UsageStore {
  readonly #client: Documents;
  readonly #table: string;
  readonly #settled = new SettledUsage();

  constructor(client: Documents, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async record({ id, ...entry }: UsageEntry): Promise<void> {
    const Item: UsageItem = {
      ...entry,
      jobID: usageKey(id),
      listKey: usageListKey(entry.owner, computeShard(id)),
      position: positionKey({ created: entry.created, jobID: id }),
    };
    await this.#client.put({ TableName: this.#table, Item });
  }

  async settle(id: string, outcome: UsageOutcome): Promise<void> {
    await this.#update(id, outcome, 'SET #gbSeconds = :gbSeconds, #bytes = :bytes', 'settled');
  }

  async divide(id: string, outcome: UsageOutcome): Promise<void> {
    await this.#update(id, outcome, 'SET #gbSeconds = :gbSeconds, #bytes = :bytes', 'divided');
  }

  async add(id: string, outcome: UsageOutcome, isLast = false): Promise<void> {
    const add = 'ADD #gbSeconds :gbSeconds, #bytes :bytes';
    await this.#update(id, outcome, add, isLast ? 'settled' : undefined);
  }

  /** @param mark what becomes true of the entry */
  async #update(
    id: string,
    { gbSeconds, bytes }: UsageOutcome,
    change: string,
    mark?: 'settled' | 'divided',
  ): Promise<void> {
    // An expression has one SET at most.
    const marking = change.startsWith('SET') ? ', #mark = :true' : ' SET #mark = :true';
    try {
      await this.#client.update({
        TableName: this.#table,
        Key: { jobID: usageKey(id) },
        UpdateExpression: mark ? `${change}${marking}` : change,
        ConditionExpression: 'attribute_exists(jobID)',
        ExpressionAttributeNames: {
          '#gbSeconds': 'gbSeconds',
          '#bytes': 'bytes',
          ...(mark ? { '#mark': mark } : {}),
        },
        ExpressionAttributeValues: {
          ':gbSeconds': gbSeconds,
          ':bytes': bytes,
          ...(mark ? { ':true': true } : {}),
        },
      });
    } catch (error) {
      // It began before anything was counted.
      if (!refusedItem(error)) throw error;
    }
  }

  async since(owner: string, from: Date): Promise<readonly UsageEntry[]> {
    const shards = Array.from({ length: SHARDS }, (_, shard) => this.#ofShard(owner, shard, from));
    return (await Promise.all(shards)).flat();
  }

  async #ofShard(owner: string, shard: number, from: Date): Promise<readonly UsageEntry[]> {
    const listKey = usageListKey(owner, shard);
    const reading = this.#settled.read(listKey, from);
    const entries: UsageEntry[] = [];
    let start: Record<string, unknown> | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const { Items, LastEvaluatedKey } = await this.#client.query({
        TableName: this.#table,
        IndexName: TableIndex.jobs,
        KeyConditionExpression: '#listKey = :listKey AND #position > :after',
        ExpressionAttributeNames: { '#listKey': 'listKey', '#position': 'position' },
        ExpressionAttributeValues: { ':listKey': listKey, ':after': reading.after },
        ScanIndexForward: false,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      });
      for (const item of Items as unknown as UsageItem[]) entries.push(entryFromItem(item));
      start = LastEvaluatedKey;
      if (!start) break;
    }
    return reading.complete(entries, new Date(), start === undefined);
  }
}

function entryFromItem({ jobID, listKey: _key, position: _position, ...entry }: UsageItem): UsageEntry {
  return { ...entry, id: jobID.slice(usageKey('').length) };
}

/** The table that the environment names. */
export const usageTable = (table: string): UsageStore => new UsageTable(documents({ attempts: 3 }), table);
