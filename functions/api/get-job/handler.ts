import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getJob } from './get-job.ts';

export const handler = createHandler(operations.getJob, getJob, awsPorts);
