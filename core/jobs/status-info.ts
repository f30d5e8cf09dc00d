import type { Link } from '../shared/link.ts';
import { type ProblemDocument, withTypeUri } from '../shared/problems.ts';
import { MediaType, Rel } from '../shared/uris.ts';
import type { Job, Notifications } from './job.ts';
import type { JobStatus } from './lifecycle.ts';

/** The standard's `statusInfo.yaml`, with the members of both versions; what is not known is left out. */
export interface StatusInfo {
  readonly jobID: string;
  readonly id: string;
  readonly type: 'process';
  readonly processingEntityType: 'ogc-api-processes';
  readonly processID: string;
  /** What the client calls the job (2.0, /rec/core/job-status); absent where it has no name. */
  readonly title?: string;
  /** URI of the process. */
  readonly process: string;
  readonly status: JobStatus;
  readonly message?: string;
  readonly created: string;
  readonly started?: string;
  readonly finished?: string;
  readonly updated: string;
  readonly progress?: number;
  /** How many warnings the log of the job has; absent where there are none. */
  readonly warnings?: number;
  readonly exception?: ProblemDocument;
  readonly notifications?: Notifications;
  readonly links: readonly Link[];
}

/** What clients are told of a job (/req/core/job-success). @param baseUrl without a trailing slash */
export function statusInfo(job: Job, baseUrl: string): StatusInfo {
  const { jobID, processID, status, message, created, started, finished, updated, progress, exception } = job;
  const { notifications, warnings } = job;
  const { title } = job.request;
  return {
    jobID,
    id: jobID,
    type: 'process',
    processingEntityType: 'ogc-api-processes',
    processID,
    ...(title === undefined ? {} : { title }),
    process: `${baseUrl}/processes/${encodeURIComponent(processID)}`,
    status,
    ...(message === undefined ? {} : { message }),
    created,
    ...(started === undefined ? {} : { started }),
    ...(finished === undefined ? {} : { finished }),
    updated,
    ...(progress === undefined ? {} : { progress }),
    ...(warnings === undefined ? {} : { warnings }),
    ...(exception === undefined ? {} : { exception: withTypeUri(exception, baseUrl) }),
    ...(notifications && Object.keys(notifications).length > 0 ? { notifications } : {}),
    links: buildLinks(job, baseUrl),
  };
}

function buildLinks({ jobID, status }: Job, baseUrl: string): Link[] {
  const self = `${baseUrl}/jobs/${encodeURIComponent(jobID)}`;
  const json = { type: MediaType.json };
  return [
    { href: self, rel: Rel.self, ...json, title: 'This job' },
    { href: `${self}?f=html`, rel: Rel.alternate, type: MediaType.html, title: 'This job as HTML' },
    { href: self, rel: Rel.status, ...json, title: 'Status of the job' },
    { href: self, rel: Rel.monitor, ...json, title: 'Monitor the job' },
    { href: `${self}/logs`, rel: Rel.log, ...json, title: 'Log of the job, with its warnings' },
    { href: `${baseUrl}/jobs`, rel: Rel.up, ...json, title: 'All jobs' },
    // Only when there are some: clients take the link for the sign that the job is done.
    ...(status === 'successful'
      ? [{ href: `${self}/results`, rel: Rel.results, ...json, title: 'Results of the job' }]
      : []),
    ...(status === 'failed'
      ? [{ href: `${self}/results`, rel: Rel.exceptions, ...json, title: 'Why the job failed' }]
      : []),
  ];
}
