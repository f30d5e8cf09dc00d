import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeShards, type ShardPage } from '../../../functions/aws/merge-shards.ts';

interface Item {
  readonly key: string;
  readonly passes: boolean;
}

const descending = (a: Item, b: Item) => (a.key < b.key ? 1 : -1);

/** A shard as DynamoDB reads it: a number of items from a key downwards, of which only some pass the filter. */
const reader =
  (shards: readonly (readonly Item[])[], chunk: number) =>
  async (shard: number, from: string): Promise<ShardPage<Item>> => {
    const below = shards[shard]!.filter(({ key }) => key <= from).sort(descending);
    const looked = below.slice(0, chunk);
    const items = looked.filter(({ passes }) => passes);
    const last = looked.at(-1);
    // DynamoDB tells where it stopped even when nothing is left behind it.
    return last && looked.length === chunk ? { items, reached: last.key } : { items };
  };

/** Few timestamps, so that many items share one, as jobs of the same millisecond do. */
const arbitraryItems = fc
  .array(
    fc.record({ time: fc.integer({ min: 0, max: 3 }), shard: fc.nat({ max: 3 }), passes: fc.boolean() }),
    { maxLength: 60 },
  )
  .map((entries) =>
    entries.map(({ time, shard, passes }, index) => ({
      shard,
      item: { key: `${time}#${(index * 37) % 101}-${index}`, passes },
    })),
  );

test('/rec/job-list/next-1: pages show every item exactly once and in order, however little is read at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryItems,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
      async (entries, limit, chunk, rounds) => {
        const shards = [0, 1, 2, 3].map((number) =>
          entries.filter(({ shard }) => shard === number).map(({ item }) => item),
        );
        const query = reader(shards, chunk);
        const seen: string[] = [];
        let after: string | undefined;
        let pages = 0;
        do {
          const page = await mergeShards({
            shards: 4,
            query,
            toKey: ({ key }: Item) => key,
            start: after ?? '~',
            after,
            limit,
            rounds,
          });
          assert.ok(page.items.length <= limit);
          seen.push(...page.items.map(({ key }) => key));
          after = page.next;
          assert.ok(++pages <= 200, 'the list comes to an end');
        } while (after !== undefined);
        const expected = entries
          .map(({ item }) => item)
          .filter(({ passes }) => passes)
          .sort(descending);
        assert.deepEqual(
          seen,
          expected.map(({ key }) => key),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('reads no more than its rounds, and still says where to go on', async () => {
  let queries = 0;
  const page = await mergeShards<Item>({
    shards: 2,
    query: async (_, from) => {
      queries++;
      return {
        items: [],
        reached: `${from.slice(0, -1)}${String.fromCharCode(from.charCodeAt(from.length - 1) - 1)}`,
      };
    },
    toKey: ({ key }) => key,
    start: 'z',
    after: undefined,
    limit: 10,
    rounds: 3,
  });
  assert.equal(queries, 6);
  assert.deepEqual(page, { items: [], next: 'w' });
});
