import type { Clock, RecentEntries, UsageStore } from '../../core/ports.ts';
import type { UsageEntry, UsageOutcome } from '../../core/usage/usage-entry.ts';
import { ForwardedUsage } from './forwarded-usage.ts';

/** Milliseconds for which what was read is taken for what is, as the switch that stops executions is. */
const RECENT_MILLISECONDS = 5000;

/** What is remembered of an owner. */
interface Remembered {
  readonly from: Date;
  readonly at: number;
  readonly read: readonly UsageEntry[];
  readonly begun: UsageEntry[];
  /** Those that were recorded here shortly before: the index may not have them yet. */
  readonly before: readonly UsageEntry[];
}

/**
 * Remembers for some seconds what it has read of an owner, and what was recorded since: of many executions in a row each would
 * read the entries of all others of the last minute.
 */
export class RecentUsage extends ForwardedUsage {
  readonly #clock: Pick<Clock, 'now'>;
  /** The one that was read last is the last. */
  readonly #owners = new Map<string, Remembered>();

  constructor(store: UsageStore, clock: Pick<Clock, 'now'>) {
    super(store);
    this.#clock = clock;
  }

  override async since(owner: string, from: Date): Promise<readonly UsageEntry[]> {
    const at = this.#clock.now().getTime();
    const entries = await super.since(owner, from);
    this.#forget(at);
    const known = this.#owners.get(owner);
    const before = [...(known?.before ?? []), ...(known?.begun ?? [])].filter(
      ({ created }) => at - Date.parse(created) < RECENT_MILLISECONDS,
    );
    const ids = new Set(before.length === 0 ? [] : entries.map(({ id }) => id));
    const late = before.filter(({ id }) => !ids.has(id));
    const read = late.length === 0 ? entries : [...entries, ...late];
    this.#owners.delete(owner);
    this.#owners.set(owner, { from, at, read, begun: [], before });
    return read;
  }

  recent(owner: string, from: Date): RecentEntries | undefined {
    const known = this.#owners.get(owner);
    const now = this.#clock.now();
    // With another day what is counted is another.
    const isRecent =
      known &&
      known.from <= from &&
      now.getTime() - known.at < RECENT_MILLISECONDS &&
      new Date(known.at).getUTCDate() === now.getUTCDate();
    return isRecent ? known : undefined;
  }

  override async record(entry: UsageEntry): Promise<void> {
    await super.record(entry);
    this.#owners.get(entry.owner)?.begun.push(entry);
  }

  override async settle(id: string, outcome: UsageOutcome): Promise<void> {
    await super.settle(id, outcome);
    for (const { begun } of this.#owners.values()) {
      const index = begun.findLastIndex((entry) => entry.id === id);
      const entry = begun[index];
      if (entry) begun[index] = { ...entry, ...outcome, settled: true };
    }
  }

  #forget(now: number): void {
    for (const [owner, { at }] of this.#owners) {
      if (now - at < RECENT_MILLISECONDS) return;
      this.#owners.delete(owner);
    }
  }
}
