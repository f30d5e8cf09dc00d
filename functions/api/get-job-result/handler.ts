import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getJobResult } from './get-job-result.ts';

export const handler = createHandler(operations.getJobResult, getJobResult, awsPorts);
