import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { positionKey } from '../../../core/jobs/position.ts';
import { newUsageEntry, type UsageEntry } from '../../../core/usage/usage-entry.ts';
import { SettledUsage } from '../../../functions/aws/settled-usage.ts';

const START = Date.parse('2026-11-29T00:00:00Z');
const from = new Date(START);
const MINUTE = 60_000;
const MINUTES_OF_LONGEST = 15;

const executions = fc.array(
  fc.record({
    kind: fc.constantFrom('job' as const, 'sync' as const, 'upload' as const),
    /** Minutes after the one before. */
    pause: fc.double({ min: 0, max: 10, noNaN: true }),
    /** Minutes after which it is settled; of what is not a job, and was not by then, nobody settles. */
    lasts: fc.oneof(
      fc.double({ min: 0, max: MINUTES_OF_LONGEST, noNaN: true }),
      fc.constant(Number.POSITIVE_INFINITY),
    ),
    /** Whether somebody asks when it begins. */
    asks: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** The entries of a day as a table has them at a time, newest first. */
function tableAt(planned: readonly { entry: UsageEntry; settledAt: number }[], time: number): UsageEntry[] {
  return planned
    .filter(({ entry }) => Date.parse(entry.created) <= time)
    .map(({ entry, settledAt }) =>
      settledAt <= time ? { ...entry, gbSeconds: 1, settled: true as const } : entry,
    )
    .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1));
}

const keyOf = ({ created, id }: UsageEntry): string => positionKey({ created, jobID: id });
const byKey = (entries: readonly UsageEntry[]): UsageEntry[] =>
  entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

describe('SettledUsage', () => {
  test('gives what a table has at any time, although only the end of it is read', () => {
    fc.assert(
      fc.property(executions, (plan) => {
        let time = START;
        const planned = plan.map(({ kind, pause, lasts }, index) => {
          time += pause * MINUTE;
          const one = { id: `e${index}`, owner: 'owner', kind, memory: 512, gbSeconds: 60, bytes: 0 };
          return { entry: newUsageEntry(one, new Date(time)), settledAt: time + lasts * MINUTE };
        });
        const settled = new SettledUsage();
        for (const [index, { entry }] of planned.entries()) {
          if (!plan[index]!.asks) continue;
          const now = Date.parse(entry.created);
          const table = tableAt(planned, now);
          const reading = settled.read('list', from);
          const read = table.filter((other) => keyOf(other) > reading.after);
          const all = reading.complete(read, new Date(now));
          assert.deepEqual(byKey(all), byKey(table));
        }
      }),
    );
  });

  test('reads what is settled once', () => {
    const settled = new SettledUsage();
    const entries = Array.from({ length: 500 }, (_, second): UsageEntry => {
      const one = {
        id: `e${second}`,
        owner: 'owner',
        kind: 'sync' as const,
        memory: 1,
        gbSeconds: 1,
        bytes: 0,
      };
      return { ...newUsageEntry(one, new Date(START + second * 1000)), settled: true };
    });
    const now = new Date(START + 3_600_000);
    settled.read('list', from).complete(entries.toReversed(), now);
    const after = settled.read('list', from).after;
    assert.deepEqual(
      entries.filter((entry) => keyOf(entry) > after),
      [],
    );
    assert.equal(settled.read('list', from).complete([], now).length, 500);
  });

  test('knows nothing of the time before the one that it was asked for', () => {
    const settled = new SettledUsage();
    const one = { id: 'e', owner: 'owner', kind: 'upload' as const, memory: 0, gbSeconds: 0, bytes: 1 };
    const now = new Date(START + 3_600_000);
    settled.read('list', from).complete([newUsageEntry(one, from)], now);
    assert.notEqual(settled.read('list', from).after, from.toISOString());
    const earlier = new Date(START - 3_600_000);
    assert.equal(settled.read('list', earlier).after, earlier.toISOString());
    const before = newUsageEntry({ ...one, id: 'before' }, earlier);
    const both = [newUsageEntry(one, from), before];
    assert.deepEqual(settled.read('list', earlier).complete(both, now), both.toReversed());
  });

  test('forgets what was before the time that counts', () => {
    const settled = new SettledUsage();
    const one = { id: 'e', owner: 'owner', kind: 'upload' as const, memory: 0, gbSeconds: 0, bytes: 1 };
    const entry = newUsageEntry(one, from);
    const later = new Date(START + 24 * 3_600_000);
    assert.equal(settled.read('list', from).after, from.toISOString());
    settled.read('list', from).complete([entry], later);
    assert.deepEqual(settled.read('list', later).complete([], later), []);
    assert.equal(settled.read('list', later).after, later.toISOString());
  });

  test('forgets the lists that were asked for longest ago, and none that is being read', () => {
    const settled = new SettledUsage(3);
    const entry = (list: string, second: number): UsageEntry => ({
      ...newUsageEntry(
        { id: `${list}${second}`, owner: list, kind: 'sync', memory: 1, gbSeconds: 1, bytes: 0 },
        new Date(START + second * 1000),
      ),
      settled: true,
    });
    const now = new Date(START + 3_600_000);
    const start = from.toISOString();
    const fill = (list: string) => {
      const { after, complete } = settled.read(list, from);
      complete(after === start ? [entry(list, 1)] : [], now);
    };
    for (const list of ['a', 'b', 'c', 'a']) fill(list);
    const reading = settled.read('b', from);
    fill('d');
    const known = ['a', 'b', 'c', 'd'].filter((list) => settled.read(list, from).after !== start);
    assert.deepEqual(known, ['a', 'c', 'd']);
    assert.equal(reading.complete([entry('b', 2)], now).length, 2);
  });
});
