import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { positionKey } from '../../core/jobs/position.ts';
import type { UsageStore } from '../../core/ports.ts';
import type { UsageEntry, UsageOutcome } from '../../core/usage/usage-entry.ts';
import { AnnouncedUsage } from './announced-usage.ts';
import { dynamodb } from './dynamodb.ts';
import { ItemTable } from './item-table.ts';
import { computeShard, SHARDS } from './job-item.ts';
import { SettledUsage } from './settled-usage.ts';
import { TableIndex } from './table-indexes.ts';

/** Megabytes that are read of each partition at most: far more than the 100 000 entries of a day that a quota may allow. */
const MOST_PAGES = 32;

/** Not the id of any job, which has no such sign. */
const usageKey = (id: string): string => `usage#${id}`;
/** Not the partition of any job, which ends in a number alone. */
const usageListKey = (owner: string, shard: number): string => `${owner}#u${shard}`;

interface UsageItem extends Omit<UsageEntry, 'id'> {
  readonly jobID: string;
  readonly listKey: string;
  readonly position: string;
  /** Steps of a divided job that have added what they used: of thousands some ten kilobytes. */
  readonly steps?: ReadonlySet<string>;
}

/** How an entry changes. */
interface EntryChange {
  readonly expression: string;
  /** Beyond that there is an entry. */
  readonly condition?: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What is read of an entry: not what it is found by, nor the steps, which are long. */
const counted = {
  '#jobID': 'jobID',
  '#owner': 'owner',
  '#kind': 'kind',
  '#created': 'created',
  '#memory': 'memory',
  '#gbSeconds': 'gbSeconds',
  '#bytes': 'bytes',
  '#settled': 'settled',
  '#divided': 'divided',
  '#expires': 'expires',
} as const satisfies Readonly<Record<`#${string}`, keyof UsageItem>>;

const COUNTED = Object.keys(counted).join();

type CountedItem = Pick<UsageItem, (typeof counted)[keyof typeof counted]>;

const SET_USE = 'SET #gbSeconds = :gbSeconds, #bytes = :bytes';
const useNames = { '#gbSeconds': 'gbSeconds', '#bytes': 'bytes' };
const useValues = ({ gbSeconds, bytes }: UsageOutcome) => ({ ':gbSeconds': gbSeconds, ':bytes': bytes });

/** What owners use, as small items of the table of jobs: they are listed by its index, apart from the jobs. */
export class UsageTable implements UsageStore {
  readonly #table: ItemTable;
  readonly #settled = new SettledUsage();
  readonly #announced: AnnouncedUsage;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new ItemTable(client, table);
    this.#announced = new AnnouncedUsage(this.#table);
  }

  announce(entry: UsageEntry): Promise<readonly UsageEntry[]> {
    return this.#announced.announce(entry);
  }

  withdraw(entry: UsageEntry): Promise<void> {
    return this.#announced.withdraw(entry);
  }

  async record({ id, ...entry }: UsageEntry): Promise<void> {
    const Item: UsageItem = {
      ...entry,
      jobID: usageKey(id),
      listKey: usageListKey(entry.owner, computeShard(id)),
      position: positionKey({ created: entry.created, jobID: id }),
    };
    await this.#table.put({ Item });
  }

  async settle(id: string, outcome: UsageOutcome): Promise<void> {
    await this.#set(id, outcome, 'settled');
  }

  async divide(id: string, outcome: UsageOutcome): Promise<void> {
    await this.#set(id, outcome, 'divided');
  }

  async expect(id: string, outcome: UsageOutcome): Promise<void> {
    await this.#update(id, {
      expression: SET_USE,
      condition: ' AND attribute_not_exists(#settled)',
      names: { ...useNames, '#settled': 'settled' },
      values: useValues(outcome),
    });
  }

  async add(id: string, step: string, outcome: UsageOutcome, isLast = false): Promise<void> {
    await this.#update(id, {
      // After the last one the others need not be known any more.
      expression: isLast
        ? 'ADD #gbSeconds :gbSeconds, #bytes :bytes SET #steps = :steps, #settled = :true'
        : 'ADD #gbSeconds :gbSeconds, #bytes :bytes, #steps :steps',
      condition: ' AND NOT contains(#steps, :step)',
      names: { ...useNames, '#steps': 'steps', ...(isLast ? { '#settled': 'settled' } : {}) },
      values: {
        ...useValues(outcome),
        ':step': step,
        ':steps': new Set([step]),
        ...(isLast ? { ':true': true } : {}),
      },
    });
  }

  /** @param mark what becomes true of the entry */
  #set(id: string, outcome: UsageOutcome, mark: 'settled' | 'divided'): Promise<void> {
    return this.#update(id, {
      expression: `${SET_USE}, #mark = :true`,
      names: { ...useNames, '#mark': mark },
      values: { ...useValues(outcome), ':true': true },
    });
  }

  async #update(id: string, { expression, condition = '', names, values }: EntryChange): Promise<void> {
    try {
      await this.#table.update({
        Key: { jobID: usageKey(id) },
        UpdateExpression: expression,
        ConditionExpression: `attribute_exists(jobID)${condition}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
    } catch (error) {
      // It began before anything was counted, or this is known already.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
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
      const { items, last } = await this.#table.query({
        IndexName: TableIndex.jobs,
        KeyConditionExpression: '#listKey = :listKey AND #position > :after',
        ProjectionExpression: COUNTED,
        ExpressionAttributeNames: { '#listKey': 'listKey', '#position': 'position', ...counted },
        ExpressionAttributeValues: { ':listKey': listKey, ':after': reading.after },
        ScanIndexForward: false,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      });
      for (const item of items as unknown as CountedItem[]) entries.push(entryFromItem(item));
      start = last;
      if (!start) break;
    }
    // What is not read would not count, and a quota would never be reached.
    if (start) throw new Error(`The owner has more than ${entries.length} entries of a day in a partition`);
    return reading.complete(entries, new Date());
  }
}

/** Megabytes of the largest worker: what an entry counts as that does not say it, as the first ones did not. */
const MOST_MEMORY = 10_240;

const entryFromItem = ({ jobID, ...entry }: CountedItem): UsageEntry => ({
  ...entry,
  memory: entry.memory ?? MOST_MEMORY,
  id: jobID.slice(usageKey('').length),
});

/** The table that the environment names. */
export const usageTable = (table: string): UsageStore => new UsageTable(dynamodb(), table);
