import { positionKey } from '../../core/jobs/position.ts';
import type { UsageEntry } from '../../core/usage/usage-entry.ts';

/** Milliseconds after which an entry certainly has been seen, however the clocks of functions differ and its index lags. */
const SEEN_MILLISECONDS = 60_000;
/** Milliseconds after which nobody settles what is not a job any more: no function runs longer. */
const UNSETTLED_MILLISECONDS = 20 * 60_000;
/** Lists that are kept; of more, all are forgotten, which bounds the memory. */
const KEPT_LISTS = 64;

interface Known {
  /** RFC 3339; nothing is known of what was before. */
  readonly from: string;
  readonly entries: readonly UsageEntry[];
  /** Position of the last of them. */
  readonly until: string;
}

/**
 * What nothing changes any more of what owners have used, so that an execution reads the last entries of its owner's day and
 * not all of them: the entries of a list up to the first that may still change.
 */
export class SettledUsage {
  readonly #known = new Map<string, Known>();

  /** The position after which a list is to be read. */
  readAfter(list: string, from: Date): string {
    const start = from.toISOString();
    const known = this.#find(list, start);
    return known && known.until > start ? known.until : start;
  }

  /**
   * All entries of a list.
   * @param read those after {@link readAfter}, newest first
   * @param isWhole false where more were there than are read
   */
  complete(
    list: string,
    from: Date,
    read: readonly UsageEntry[],
    now: Date,
    isWhole: boolean,
  ): readonly UsageEntry[] {
    const start = from.toISOString();
    const { entries = [] } = this.#find(list, start) ?? {};
    const before = entries.filter(({ created }) => created >= start);
    const oldestFirst = read.toReversed();
    if (isWhole) this.#keep(list, start, before, oldestFirst, now);
    return [...before, ...oldestFirst];
  }

  #find(list: string, start: string): Known | undefined {
    const known = this.#known.get(list);
    return known && known.from <= start ? known : undefined;
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
    if (this.#known.size >= KEPT_LISTS && !this.#known.has(list)) this.#known.clear();
    const until = positionKey({ created: last.created, jobID: last.id });
    this.#known.set(list, { from, entries: [...before, ...settled], until });
  }
}

function mayChange({ kind, settled, created }: UsageEntry, now: Date): boolean {
  const age = now.getTime() - Date.parse(created);
  if (age < SEEN_MILLISECONDS) return true;
  return settled === undefined && (kind === 'job' || age < UNSETTLED_MILLISECONDS);
}
