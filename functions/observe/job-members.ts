import type { Job } from '../../core/jobs/job.ts';
import { hashOwner } from './owner-hash.ts';

/** What a line says of the job that it is about: to find its story by, and to count by. */
export const jobMembers = ({ jobID, processID, owner }: Pick<Job, 'jobID' | 'processID' | 'owner'>) => ({
  jobID,
  processID,
  owner: hashOwner(owner),
});
