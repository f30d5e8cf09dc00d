import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { executeProcess } from './execute-process.ts';

export const handler = createHandler(operations.executeProcess, executeProcess, awsPorts);
