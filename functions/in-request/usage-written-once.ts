import { UsageUnknown } from '../../core/usage/quota-exceeded.ts';
import type { UsageEntry, UsageOutcome } from '../../core/usage/usage-entry.ts';
import { ForwardedUsage } from '../usage/forwarded-usage.ts';

/** Milliseconds after which an execution that has not ended is written with the most that it can come to. */
const LATE_MILLISECONDS = 100;

interface Pending {
  readonly entry: UsageEntry;
  readonly timer: NodeJS.Timeout;
  written?: Promise<void>;
}

/**
 * Writes a synchronous execution that ends at once in this function in one go, with what it came to; one that takes longer as soon as
 * it does. The client gets its results when it is counted, and not before ({@link end}).
 */
export class UsageWrittenOnce extends ForwardedUsage {
  readonly #pending = new Map<string, Pending>();
  readonly #failures = new Map<string, unknown>();

  override async record(entry: UsageEntry): Promise<void> {
    if (entry.kind !== 'sync') return super.record(entry);
    const timer = setTimeout(() => void this.#write(entry.id), LATE_MILLISECONDS);
    this.#pending.set(entry.id, { entry, timer });
  }

  /** Writes an execution that goes on elsewhere. @throws UsageUnknown where that fails */
  async hand(id: string): Promise<void> {
    const written = this.#write(id);
    this.#pending.delete(id);
    try {
      await written;
    } catch (cause) {
      throw new UsageUnknown(cause);
    }
  }

  override async settle(id: string, outcome: UsageOutcome): Promise<void> {
    const pending = this.#pending.get(id);
    if (!pending) return super.settle(id, outcome);
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    try {
      if (await isWritten(pending)) await super.settle(id, outcome);
      else await super.record({ ...pending.entry, ...outcome, settled: true });
    } catch (error) {
      // What has been written counts as the most that it can come to.
      if (!(await isWritten(pending))) this.#failures.set(id, error);
      throw error;
    }
  }

  /** Makes sure that an execution that has ended here is counted. @throws UsageUnknown */
  async end(id: string): Promise<void> {
    const failure = this.#failures.get(id);
    this.#failures.delete(id);
    if (failure !== undefined) throw new UsageUnknown(failure);
    if (this.#pending.has(id)) await this.hand(id);
  }

  #write(id: string): Promise<void> | undefined {
    const pending = this.#pending.get(id);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    pending.written ??= super.record(pending.entry);
    // Whoever needs it looks at it again.
    pending.written.catch(() => undefined);
    return pending.written;
  }
}

const isWritten = async ({ written }: Pending): Promise<boolean> => {
  try {
    await written;
    return written !== undefined;
  } catch {
    return false;
  }
};
