import type { LogEntry } from '../run/run-log.ts';
import type { Link } from '../shared/link.ts';
import { MediaType, Rel } from '../shared/uris.ts';
import type { Job } from './job.ts';
import { isFinal } from './lifecycle.ts';

/** What a client gets that asks for a log: of a job, or of an execution that it waited for. */
export interface LogDocument {
  /** Oldest first. */
  readonly logs: readonly LogEntry[];
  readonly links: readonly Link[];
}

/** What is kept of a log in the bucket: lines that the worker has written. */
export type StoredLog = Pick<LogDocument, 'logs'>;

/** The lines of a log as they are stored. */
export const logText = (logs: readonly LogEntry[]): string => JSON.stringify({ logs } satisfies StoredLog);

/**
 * The log of a job: when it was accepted, started and ended, which its record says, and in between what the worker has
 * written so far. @param baseUrl without a trailing slash
 */
export function jobLog(job: Job, said: readonly LogEntry[], baseUrl: string): LogDocument {
  const self = `${baseUrl}/jobs/${encodeURIComponent(job.jobID)}`;
  return {
    logs: [
      { time: job.created, level: 'info', message: 'Accepted' },
      ...(job.started === undefined
        ? []
        : [{ time: job.started, level: 'info', message: 'Running' } satisfies LogEntry]),
      ...said,
      ...lastLine(job),
    ],
    links: [
      { href: `${self}/logs`, rel: Rel.self, type: MediaType.json, title: 'Log of the job' },
      { href: `${self}/logs?f=html`, rel: Rel.alternate, type: MediaType.html, title: 'This log as HTML' },
      { href: self, rel: Rel.up, type: MediaType.json, title: 'The job' },
    ],
  };
}

/** How the job ended, and why. */
function lastLine({ status, finished, updated, message, exception }: Job): LogEntry[] {
  if (!isFinal(status)) return [];
  const time = finished ?? updated;
  if (status !== 'failed') return [{ time, level: 'info', message: message ?? status }];
  const text = exception?.detail ?? exception?.title ?? message ?? status;
  const details = exception?.errors && { details: { errors: exception.errors } };
  return [{ time, level: 'error', message: text, ...details }];
}
