import type { ResultEntry, ResultManifest } from '../../core/execution/manifest.ts';
import type { Preferences } from '../../core/execution/preferences.ts';
import { type Presentation, resultFileName } from '../../core/execution/results.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import type { Ports, Storage } from '../../core/ports.ts';
import { ResultNotAvailable } from '../../core/shared/errors.ts';
import { parseExact } from '../../core/shared/exact-json.ts';

/** The results of a successful job, in the order in which they were requested. */
export async function jobEntries(job: Job, storage: Storage): Promise<readonly ResultEntry[]> {
  const stored = await storage.get(jobKeys.results(job.jobID));
  if (!stored) throw new ResultNotAvailable(`The results of job "${job.jobID}" have been deleted.`);
  return (parseExact(new TextDecoder().decode(stored.body), true) as ResultManifest).outputs;
}

interface Asked {
  /** HTTP method of the request; GET where it is absent. */
  readonly method?: string;
  readonly accept: string | undefined;
  readonly preferences: Preferences;
  readonly profiled: boolean;
}

/** How a job's results are shown: references lead to the service itself, so they live as long as the job. */
export function jobPresentation(
  job: Job,
  baseUrl: string,
  ports: Pick<Ports, 'storage' | 'settings'>,
  { method, ...asked }: Asked,
): Presentation {
  return {
    ...storedResults(job.processID, ports, method === 'HEAD' ? method : 'GET'),
    ...asked,
    request: job.request,
    ofJob: true,
    refer: async ({ id }) => `${baseUrl}/jobs/${job.jobID}/results/${encodeURIComponent(id)}`,
  };
}

/** Access to results that are kept in the bucket. @param method with which a redirect will be followed */
export function storedResults(
  processID: string,
  { storage, settings }: Pick<Ports, 'storage' | 'settings'>,
  method: 'GET' | 'HEAD' = 'GET',
) {
  const requireKey = ({ id, key }: ResultEntry): string => {
    if (key === undefined) throw new Error(`The output ${id} is not kept as an object`);
    return key;
  };
  return {
    inlineBytes: settings.inlineResultBytes,
    redirect: (entry: ResultEntry) =>
      storage.presign(requireKey(entry), resultFileName(processID, entry.id, entry.mediaType), method),
    load: async (entry: ResultEntry): Promise<Uint8Array> => {
      const stored = await storage.get(requireKey(entry));
      if (!stored) throw new ResultNotAvailable(`The output "${entry.id}" has been deleted.`);
      return stored.body;
    },
  };
}
