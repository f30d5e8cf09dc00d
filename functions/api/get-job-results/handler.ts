import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getJobResults } from './get-job-results.ts';

export const handler = createHandler(operations.getJobResults, getJobResults, awsPorts);
