import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Job } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/lifecycle.ts';

/** Namespace of the metrics in CloudWatch; their only dimension is `service`, the name of the deployment. */
export const METRICS_NAMESPACE = 'OgcApiProcesses';

/**
 * The metrics of jobs, written to the log in CloudWatch's embedded format: no call of AWS, and a fee per metric, which
 * is why there are few. What requests and functions do is in the metrics of API Gateway and Lambda already.
 */
export const JobMetric = {
  /** Jobs that ended, one metric a status. */
  Successful: 'JobsSuccessful',
  Failed: 'JobsFailed',
  Dismissed: 'JobsDismissed',
  /** Of those that failed, the jobs whose worker could not say so: it crashed, was stopped or never started. */
  Lost: 'JobsEndedForTheirWorker',
  /** Seconds between the request and the start of the worker. */
  Waited: 'JobWaitSeconds',
  /** Seconds between the start of the worker and the end. */
  Took: 'JobSeconds',
  /** Seconds that the job has waited that waits longest for its turn, as each sweep finds it; nothing where none waits. */
  LongestWait: 'LongestWaitSeconds',
} as const;

const counters: Readonly<Partial<Record<JobStatus, string>>> = {
  successful: JobMetric.Successful,
  failed: JobMetric.Failed,
  dismissed: JobMetric.Dismissed,
};

let made: Metrics | undefined;

const metrics = (): Metrics => {
  made ??= new Metrics({
    namespace: METRICS_NAMESPACE,
    serviceName: process.env['POWERTOOLS_SERVICE_NAME'] ?? 'ogc-processes',
  });
  return made;
};

/** Counts a job that has just ended, by whoever wrote its end. @param forItsWorker true where another one did that */
export function meterEnd(job: Job, forItsWorker = false): void {
  const counter = counters[job.status];
  if (counter === undefined) return;
  const sink = metrics();
  sink.addMetric(counter, MetricUnit.Count, 1);
  if (forItsWorker) sink.addMetric(JobMetric.Lost, MetricUnit.Count, 1);
  const { created, started, finished } = job;
  if (started !== undefined) {
    sink.addMetric(JobMetric.Waited, MetricUnit.Seconds, secondsBetween(created, started));
    if (finished !== undefined)
      sink.addMetric(JobMetric.Took, MetricUnit.Seconds, secondsBetween(started, finished));
  }
  sink.publishStoredMetrics();
}

/** Tells how long the job has waited that waits longest: a line that stands still has no job that ends and says so. @param seconds 0 where none waits */
export function meterLongestWait(seconds: number): void {
  if (seconds === 0) return;
  const sink = metrics();
  sink.addMetric(JobMetric.LongestWait, MetricUnit.Seconds, seconds);
  sink.publishStoredMetrics();
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
