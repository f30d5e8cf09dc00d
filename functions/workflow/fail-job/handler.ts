import { awsPorts } from '../../shared/aws/ports.ts';
import { type FailJobEvent, failJob } from './fail-job.ts';

export const handler = (event: FailJobEvent) => failJob(event, awsPorts());
