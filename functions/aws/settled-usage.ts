import { positionKey } from '../../core/jobs/position.ts';
import type { UsageEntry } from '../../core/usage/usage-entry.ts';

/** Milliseconds after which an entry certainly has been seen, however the clocks of functions differ and its index lags. */
export const SEEN_MILLISECONDS = 60_000;
/** Milliseconds after which nobody settles what is not a job any more: no function runs longer. */
const UNSETTLED_MILLISECONDS = 20 * 60_000;
/** Entries that are kept, some 30 MB; of more, those of the lists are forgotten that were not asked for the longest time. */
export const KEPT_ENTRIES = 100_000;

interface Known {
  /** RFC 3339; nothing is known of what was before. */
  readonly from: string;
  readonly entries: readonly UsageEntry[];
  /** Position of the last of them. */
  readonly until: string;
}

/** A list that is read. */
interface Reading {
  /** The position after which it is to be read. */
  readonly after: string;
  /**
   * All entries of the list.
   * @param newestFirst those that were read
   */
  complete(newestFirst: readonly UsageEntry[], now: Date): readonly UsageEntry[];
}

/**
 * What nothing changes any more of what owners have used, so that an execution reads the last entries of its owner's day and
 * not all of them: the entries of a list up to the first that may still change.
 */
export class SettledUsage {
  /** The one that was asked for last is the last. */
  readonly #known = new Map<string, Known>();
  readonly #most: number;
  #kept = 0;

  constructor(most = KEPT_ENTRIES) {
    this.#most = most;
  }

  /** Begins to read a list: what is known of it stays so until the entries are complete, whatever is forgotten meanwhile. */
  read(list: string, from: Date): Reading {
    const start = from.toISOString();
    const found = this.#known.get(list);
    const known = found && found.from <= start ? found : undefined;
    const before = (known?.entries ?? []).filter(({ created }) => created >= start);
    return {
      after: known && known.until > start ? known.until : start,
      complete: (newestFirst, now) => {
        const oldestFirst = newestFirst.toReversed();
        this.#keep(list, start, before, oldestFirst, now);
        return [...before, ...oldestFirst];
      },
    };
  }

  #keep(
    list: string,
    from: string,
    before: readonly UsageEntry[],
    oldestFirst: readonly UsageEntry[],
    now: Date,
  ): void {
    const change = oldestFirst.findIndex((entry) => mayChange(entry, now));
    const settled = change < 0 ? oldestFirst : oldestFirst.slice(0, change);
    const last = settled.at(-1) ?? before.at(-1);
    if (last === undefined) return;
    const until = positionKey({ created: last.created, jobID: last.id });
    this.#forget(list);
    this.#known.set(list, { from, entries: [...before, ...settled], until });
    this.#kept += before.length + settled.length;
    for (const longestAgo of this.#known.keys()) if (this.#kept > this.#most) this.#forget(longestAgo);
  }

  #forget(list: string): void {
    this.#kept -= this.#known.get(list)?.entries.length ?? 0;
    this.#known.delete(list);
  }
}

function mayChange({ kind, settled, created }: UsageEntry, now: Date): boolean {
  const age = now.getTime() - Date.parse(created);
  if (age < SEEN_MILLISECONDS) return true;
  return settled === undefined && (kind === 'job' || age < UNSETTLED_MILLISECONDS);
}
