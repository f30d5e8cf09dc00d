import type { UsageEntry } from '../../core/usage/usage-entry.ts';
import { groupOfOwner } from './group-of-owner.ts';
import type { ItemTable } from './item-table.ts';

/** Seconds after which the index certainly has an entry: it lags behind by a fraction of one. */
export const LAG_SECONDS = 10;
/** Entries older than that which an item may have, before they are removed from it. */
const MOST_OLD = 8;
/** Entries that are removed at the same time; an expression has 4 KB. */
const MOST_REMOVED = 200;

/** Not the id of any job, which has no such sign. */
const itemKey = (owner: string): string => `announced#${groupOfOwner(owner)}`;

const PREFIX = 'entry#';

type Announced = Omit<UsageEntry, 'id' | 'owner'>;

/**
 * Entries of an owner that are about to be recorded, in one item: its writes come one after the other, and each is answered with those
 * before it. An entry is an attribute of its own, so that one that is written twice, because an answer was lost, is there once.
 */
export class AnnouncedUsage {
  readonly #table: ItemTable;

  constructor(table: ItemTable) {
    this.#table = table;
  }

  /** @returns those of its owner that were announced before, and which the index may not have yet */
  async announce({ id, owner, ...entry }: UsageEntry): Promise<readonly UsageEntry[]> {
    const attributes = await this.#table.update({
      Key: { jobID: itemKey(owner) },
      UpdateExpression: 'SET #entry = :entry, #expires = :expires',
      ExpressionAttributeNames: { '#entry': PREFIX + id, '#expires': 'expires' },
      ExpressionAttributeValues: { ':entry': entry, ':expires': entry.expires },
      ReturnValues: 'ALL_NEW',
    });
    const others = Object.entries((attributes ?? {}) as Readonly<Record<string, Announced>>)
      .filter(([name]) => name.startsWith(PREFIX) && name !== PREFIX + id)
      .map(([name, other]): UsageEntry => ({ ...other, id: name.slice(PREFIX.length), owner }));
    const { recent, old } = divideByAge(others, entry.created);
    if (old.length > MOST_OLD) await this.#remove(owner, old.slice(0, MOST_REMOVED));
    return recent;
  }

  async withdraw(entry: UsageEntry): Promise<void> {
    await this.#remove(entry.owner, [entry]);
  }

  async #remove(owner: string, entries: readonly UsageEntry[]): Promise<void> {
    const names = Object.fromEntries(entries.map(({ id }, index) => [`#e${index}`, PREFIX + id]));
    await this.#table.update({
      Key: { jobID: itemKey(owner) },
      UpdateExpression: `REMOVE ${Object.keys(names).join()}`,
      ExpressionAttributeNames: names,
    });
  }
}

function divideByAge(entries: readonly UsageEntry[], now: string) {
  const oldest = new Date(Date.parse(now) - LAG_SECONDS * 1000).toISOString();
  const { recent = [], old = [] } = Object.groupBy(entries, ({ created }) =>
    created >= oldest ? 'recent' : 'old',
  );
  return { recent, old };
}
