import type { UsageStore } from '../../../core/ports.ts';
import type { UsageEntry, UsageOutcome } from '../../../core/usage/usage-entry.ts';

/** What owners have used, in a map. */
export class MemoryUsage implements UsageStore {
  readonly entries = new Map<string, UsageEntry>();
  /** Steps that have added what they used. */
  readonly #added = new Set<string>();
  #announced: readonly UsageEntry[] = [];

  async announce(entry: UsageEntry): Promise<readonly UsageEntry[]> {
    const before = this.#announced.filter(({ id }) => id !== entry.id);
    this.#announced = [...before, entry];
    const oldest = Date.parse(entry.created) - 10_000;
    return before.filter(({ owner, created }) => owner === entry.owner && Date.parse(created) >= oldest);
  }

  async withdraw(entry: UsageEntry): Promise<void> {
    this.#announced = this.#announced.filter(({ id }) => id !== entry.id);
  }

  async record(entry: UsageEntry): Promise<void> {
    this.entries.set(entry.id, { ...entry });
  }

  async settle(id: string, { gbSeconds, bytes }: UsageOutcome): Promise<void> {
    const entry = this.entries.get(id);
    if (entry) this.entries.set(id, { ...entry, gbSeconds, bytes, settled: true });
  }

  async divide(id: string, { gbSeconds, bytes }: UsageOutcome): Promise<void> {
    const entry = this.entries.get(id);
    if (entry) this.entries.set(id, { ...entry, gbSeconds, bytes, divided: true });
  }

  async expect(id: string, { gbSeconds, bytes }: UsageOutcome): Promise<void> {
    const entry = this.entries.get(id);
    if (entry && !entry.settled) this.entries.set(id, { ...entry, gbSeconds, bytes });
  }

  async add(id: string, step: string, { gbSeconds, bytes }: UsageOutcome, isLast = false): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry || this.#added.has(`${id} ${step}`)) return;
    this.#added.add(`${id} ${step}`);
    const sum = { gbSeconds: entry.gbSeconds + gbSeconds, bytes: entry.bytes + bytes };
    this.entries.set(id, { ...entry, ...sum, ...(isLast ? { settled: true as const } : {}) });
  }

  async since(owner: string, from: Date): Promise<readonly UsageEntry[]> {
    return [...this.entries.values()].filter(
      (entry) => entry.owner === owner && entry.created >= from.toISOString(),
    );
  }
}
