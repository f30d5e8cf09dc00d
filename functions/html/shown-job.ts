import type { ResultEntry } from '../../core/execution/manifest.ts';
import type { LogEntry } from '../../core/run/run-log.ts';

/** An upload or a result that went into a job. */
export interface InputSource {
  /** As the request names it. */
  readonly href: string;
  /** Where the browser reads it: in the bucket for some minutes, or at the service. */
  readonly readAt: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** What the page of a job shows beyond its status: for its owner alone, as all of it is. */
export interface ShownJob {
  /** Inputs as they were sent; absent where they are too large for a page, or gone. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Where a page may read what went in by an address of the service, by the input. */
  readonly sources?: Readonly<Record<string, readonly InputSource[]>>;
  readonly formats: Readonly<Record<string, string>>;
  readonly results: readonly ResultEntry[];
  readonly log: readonly LogEntry[];
}
