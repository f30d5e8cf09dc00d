import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { UsageStore } from '../../../core/ports.ts';
import { newUsageEntry, type UsageEntry } from '../../../core/usage/usage-entry.ts';

const entryOf = (owner: string, created: string): UsageEntry =>
  newUsageEntry(
    { id: randomUUID(), owner, kind: 'job', memory: 512, gbSeconds: 60, bytes: 0 },
    new Date(created),
  );

/** What every UsageStore must do. @param makeStore an empty or shared store */
export function usageStoreContract(makeStore: () => Promise<UsageStore>): void {
  const from = new Date('2026-11-29T00:00:00.000Z');

  test('lists what an owner has used since a time, and nothing of others', async () => {
    const store = await makeStore();
    const [owner, other] = [randomUUID(), `${randomUUID()}#u`];
    const counted = Array.from({ length: 20 }, (_, second) =>
      entryOf(owner, new Date(from.getTime() + second * 1000).toISOString()),
    );
    const others = [entryOf(owner, '2026-11-28T23:59:59.999Z'), entryOf(other, '2026-11-29T01:00:00.000Z')];
    for (const entry of [...counted, ...others]) await store.record(entry);
    const byId = (one: UsageEntry, another: UsageEntry) => (one.id < another.id ? -1 : 1);
    assert.deepEqual([...(await store.since(owner, from))].sort(byId), counted.sort(byId));
    assert.equal((await store.since(other, from)).length, 1);
  });

  test('tells of entries that are announced at the same moment one after the other', async () => {
    const store = await makeStore();
    const owner = randomUUID();
    const now = new Date();
    const entries = Array.from({ length: 12 }, () => entryOf(owner, now.toISOString()));
    const before = await Promise.all(entries.map((entry) => store.announce(entry)));
    const counts = before.map(({ length }) => length).sort((one, other) => one - other);
    assert.deepEqual(
      counts,
      entries.map((_, index) => index),
    );
    assert.equal((await store.announce(entryOf(randomUUID(), now.toISOString()))).length, 0);
    const [first, ...others] = entries as [UsageEntry, ...UsageEntry[]];
    await store.withdraw(first);
    const last = entryOf(owner, now.toISOString());
    const told = await store.announce(last);
    const ids = (some: readonly UsageEntry[]) => some.map(({ id }) => id).sort();
    assert.deepEqual(ids(told), ids(others));
    assert.deepEqual(
      told.find(({ id }) => id === others[0]?.id),
      others[0],
    );
    // One that is announced again, because an answer was lost, is not two.
    assert.equal((await store.announce(last)).length, others.length);
    // After some seconds they are listed.
    const later = entryOf(owner, new Date(now.getTime() + 60_000).toISOString());
    assert.deepEqual(await store.announce(later), []);
    const another = entryOf(owner, later.created);
    assert.deepEqual(await store.announce(another), [later]);
  });

  test('settles an entry once and for all, however often it is told', async () => {
    const store = await makeStore();
    const owner = randomUUID();
    const entry = entryOf(owner, '2026-11-29T01:00:00.000Z');
    await store.record(entry);
    for (let time = 0; time < 2; time++) await store.settle(entry.id, { gbSeconds: 1.5, bytes: 10 });
    assert.deepEqual(await store.since(owner, from), [
      { ...entry, gbSeconds: 1.5, bytes: 10, settled: true },
    ]);
  });

  test('leaves an execution in parts open until the last of them has added what it used', async () => {
    const store = await makeStore();
    const owner = randomUUID();
    const entry = entryOf(owner, '2026-11-29T01:00:00.000Z');
    await store.record(entry);
    await store.divide(entry.id, { gbSeconds: 2, bytes: 1 });
    // Each step counts once, however often it is told.
    for (let time = 0; time < 2; time++) await store.add(entry.id, '0/0', { gbSeconds: 1, bytes: 0 });
    await store.add(entry.id, '0/1', { gbSeconds: 2, bytes: 0 });
    const divided = { ...entry, gbSeconds: 5, bytes: 1, divided: true as const };
    assert.deepEqual(await store.since(owner, from), [divided]);
    for (let time = 0; time < 2; time++)
      await store.add(entry.id, 'end', { gbSeconds: 0.5, bytes: 100 }, true);
    const settled = { ...divided, gbSeconds: 5.5, bytes: 101, settled: true as const };
    assert.deepEqual(await store.since(owner, from), [settled]);
  });

  test('counts the most that an execution comes to elsewhere until it has ended there', async () => {
    const store = await makeStore();
    const owner = randomUUID();
    const entry = entryOf(owner, '2026-11-29T01:00:00.000Z');
    await store.record(entry);
    for (let time = 0; time < 2; time++) await store.expect(entry.id, { gbSeconds: 900, bytes: 5 });
    assert.deepEqual(await store.since(owner, from), [{ ...entry, gbSeconds: 900, bytes: 5 }]);
    await store.settle(entry.id, { gbSeconds: 12, bytes: 7 });
    await store.expect(entry.id, { gbSeconds: 900, bytes: 5 });
    const settled = { ...entry, gbSeconds: 12, bytes: 7, settled: true as const };
    assert.deepEqual(await store.since(owner, from), [settled]);
  });

  test('makes no entry of what began before anything was counted', async () => {
    const store = await makeStore();
    await store.settle(randomUUID(), { gbSeconds: 1, bytes: 1 });
  });
}
