import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { executeProcessByQuery } from './execute-process-by-query.ts';

export const handler = createHandler(operations.executeProcessByQuery, executeProcessByQuery, awsPorts);
