import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { dismissJob } from './dismiss-job.ts';

export const handler = createHandler(operations.dismissJob, dismissJob, awsPorts);
