import type { ResultEntry } from '../../core/execution/manifest.ts';
import type { LogEntry } from '../../core/run/run-log.ts';

/** What the page of a job shows beyond its status: for its owner alone, as all of it is. */
export interface ShownJob {
  /** Inputs as they were sent; absent where they are too large for a page, or gone. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly results: readonly ResultEntry[];
  readonly log: readonly LogEntry[];
}
