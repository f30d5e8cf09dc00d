import { append } from '../../core/shared/arrays.ts';
/** Part of a shard, in descending order of the keys. */
export interface ShardPage<T> {
  readonly items: readonly T[];
  /** Key down to which the shard was read; absent when it was read to its end. */
  readonly reached?: string;
}

export interface MergeOptions<T> {
  readonly shards: number;
  /** Reads a shard downwards from a key, inclusive. Must get below the key, unless the shard ends. */
  readonly query: (shard: number, from: string) => Promise<ShardPage<T>>;
  readonly toKey: (item: T) => string;
  /** Highest key to read, inclusive. */
  readonly start: string;
  /** An item that is left out: the last one of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
  /** Times that shards may be read, each time all those in parallel that have run dry. */
  readonly rounds: number;
}

export interface Merged<T> {
  readonly items: readonly T[];
  /** Key after which the next page starts; absent when there is none. */
  readonly next?: string;
}

interface Shard<T> {
  readonly number: number;
  readonly waiting: T[];
  /** Key down to which the shard was read. */
  reached: string;
  ended: boolean;
}

/**
 * Merges sorted shards into a page of at most `limit` items in descending order. When the rounds are used up
 * before the page is full, it ends at the highest key down to which every shard was read: what lies above is
 * complete, what lies below comes with the next page. So no item is lost or repeated.
 */
export async function mergeShards<T>(options: MergeOptions<T>): Promise<Merged<T>> {
  const { toKey, limit, rounds, start } = options;
  const shards = Array.from(
    { length: options.shards },
    (_, number): Shard<T> => ({ number, waiting: [], reached: start, ended: false }),
  );
  const page: T[] = [];
  for (let round = 0; ; round++) {
    // One more than the page shows whether there is a next one.
    drain(shards, page, limit + 1, toKey);
    const last = page[limit - 1];
    if (page.length > limit && last !== undefined) return { items: page.slice(0, limit), next: toKey(last) };
    const dry = shards.filter(isDry);
    if (dry.length === 0) return { items: page };
    if (round === rounds) return { items: page, next: findFrontier(dry) };
    await Promise.all(dry.map((shard) => refill(shard, options)));
  }
}

const isDry = <T>({ waiting, ended }: Shard<T>): boolean => !ended && waiting.length === 0;

/** Highest key below which a dry shard may have something. */
const findFrontier = <T>(dry: readonly Shard<T>[]): string =>
  dry
    .map(({ reached }) => reached)
    .sort()
    .at(-1) ?? '';

/** Moves items to the page, highest first, as long as no shard can have a higher one. */
function drain<T>(shards: readonly Shard<T>[], page: T[], wanted: number, toKey: (item: T) => string): void {
  while (page.length < wanted) {
    const frontier = findFrontier(shards.filter(isDry));
    let highest: Shard<T> | undefined;
    let key = frontier;
    for (const shard of shards) {
      const head = shard.waiting[0];
      if (head === undefined || toKey(head) <= key) continue;
      highest = shard;
      key = toKey(head);
    }
    const item = highest?.waiting.shift();
    if (item === undefined) return;
    page.push(item);
  }
}

async function refill<T>(shard: Shard<T>, { query, toKey, after, start }: MergeOptions<T>): Promise<void> {
  const { items, reached } = await query(shard.number, shard.reached);
  const seen = shard.reached === start ? after : shard.reached;
  append(
    shard.waiting,
    items.filter((item) => toKey(item) !== seen && toKey(item) !== after),
  );
  shard.ended = reached === undefined;
  shard.reached = reached ?? shard.reached;
}
