import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { listJobs } from './list-jobs.ts';

export const handler = createHandler(operations.listJobs, listJobs, awsPorts);
