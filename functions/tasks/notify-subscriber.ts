import { respondWithResults } from '../../core/execution/results.ts';
import type { Job } from '../../core/jobs/job.ts';
import { statusInfo } from '../../core/jobs/status-info.ts';
import type { Ports } from '../../core/ports.ts';
import { awsPorts } from '../aws/ports.ts';
import { jobEntries, jobPresentation } from '../jobs/job-results.ts';
import { observeStep } from '../observe/observe-step.ts';
import { deliverCallback } from './deliver-callback.ts';

export type NotifyPorts = Pick<Ports, 'jobs' | 'storage' | 'egress' | 'clock' | 'settings' | 'secrets'>;

/**
 * Tells the subscriber of a finished job how it ended (/req/callback/job-callback): the results map to
 * `successUri`, the status with its exception to `failedUri`. @throws when it should be tried again
 */
export async function notifySubscriber(
  jobID: string,
  ports: NotifyPorts,
): Promise<{ readonly delivered: boolean }> {
  const job = await ports.jobs.get(jobID);
  if (job === undefined || job === 'removed') return { delivered: false };
  const event = chooseEvent(job);
  if (!event || !job.request.subscriber?.[event]) return { delivered: false };
  return { delivered: await deliverCallback(job, event, await documentFor(job, ports), ports) };
}

const chooseEvent = ({ status }: Job): 'successUri' | 'failedUri' | undefined => {
  if (status === 'successful') return 'successUri';
  return status === 'failed' ? 'failedUri' : undefined;
};

async function documentFor(job: Job, ports: NotifyPorts): Promise<unknown> {
  if (job.status !== 'successful') return statusInfo(job, job.baseUrl);
  if (job.request.outputs.length === 0) return {};
  const presentation = jobPresentation(job, job.baseUrl, ports, {
    accept: undefined,
    preferences: { respondAsync: false },
    profiled: true,
  });
  const asMap = { ...presentation, request: { ...job.request, dialect: '2.0' as const } };
  return (await respondWithResults(await jobEntries(job, ports.storage), asMap)).resource;
}

/** @param ports made in the invocation, as their clients are */
export const notifySubscriberStep = (ports: () => NotifyPorts) =>
  observeStep('NotifySubscriber', async ({ jobID }: { readonly jobID: string }, note) => {
    note({ jobID });
    const answer = await notifySubscriber(jobID, ports());
    note(answer);
    return answer;
  });

export const handler = notifySubscriberStep(awsPorts);
