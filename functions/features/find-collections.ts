import { collectionOutputs } from '../../core/features/collection.ts';
import type { everyone, Job, JobPosition } from '../../core/jobs/job.ts';
import type { Ports } from '../../core/ports.ts';
import type { ProcessDeclaration } from '../../core/processes/declaration.ts';
import { processes } from '../../processes/index.ts';

/** An output of a job that is a collection. */
export interface FoundCollection {
  readonly job: Job;
  readonly outputID: string;
  readonly process: ProcessDeclaration | undefined;
}

export interface FoundCollections {
  readonly collections: readonly FoundCollection[];
  /** The job after which the search goes on; absent when all were seen. */
  readonly next?: JobPosition;
}

/** Jobs of a page, most of which may have made no layer, and pages that one request looks at. */
const JOBS = 100;
const PAGES = 10;

/**
 * Collections of an owner or of all, newest first: goes through the list of jobs until there are as many as wanted. Where that
 * takes too long the page is short, and says where to go on.
 */
export async function findCollections(
  owner: string | typeof everyone,
  limit: number,
  after: JobPosition | undefined,
  { jobs, clock }: Pick<Ports, 'jobs' | 'clock'>,
): Promise<FoundCollections> {
  const collections: FoundCollection[] = [];
  let reached = after;
  for (let count = 0; count < PAGES; count++) {
    const page = await jobs.list(owner, { statuses: ['successful'] }, JOBS, reached, clock.now());
    for (const [index, job] of page.jobs.entries()) {
      const process = processes.find(({ id }) => id === job.processID);
      for (const outputID of collectionOutputs(job, process)) collections.push({ job, outputID, process });
      const isLast = index === page.jobs.length - 1 && page.next === undefined;
      if (collections.length >= limit && !isLast)
        return { collections, next: { created: job.created, jobID: job.jobID } };
    }
    if (page.next === undefined) return { collections };
    reached = page.next;
  }
  return reached === undefined ? { collections } : { collections, next: reached };
}
