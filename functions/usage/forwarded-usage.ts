import type { UsageStore } from '../../core/ports.ts';
import type { UsageEntry, UsageOutcome } from '../../core/usage/usage-entry.ts';

/** A store in front of another one, which does what is not said otherwise. */
export abstract class ForwardedUsage implements UsageStore {
  readonly #store: UsageStore;

  constructor(store: UsageStore) {
    this.#store = store;
  }

  announce(entry: UsageEntry): Promise<readonly UsageEntry[]> {
    return this.#store.announce(entry);
  }

  withdraw(entry: UsageEntry): Promise<void> {
    return this.#store.withdraw(entry);
  }

  record(entry: UsageEntry): Promise<void> {
    return this.#store.record(entry);
  }

  settle(id: string, outcome: UsageOutcome): Promise<void> {
    return this.#store.settle(id, outcome);
  }

  divide(id: string, outcome: UsageOutcome): Promise<void> {
    return this.#store.divide(id, outcome);
  }

  expect(id: string, outcome: UsageOutcome): Promise<void> {
    return this.#store.expect(id, outcome);
  }

  add(id: string, step: string, outcome: UsageOutcome, isLast?: boolean): Promise<void> {
    return this.#store.add(id, step, outcome, isLast);
  }

  since(owner: string, from: Date): Promise<readonly UsageEntry[]> {
    return this.#store.since(owner, from);
  }
}
