import { operations } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { listProcesses } from './list-processes.ts';

export const handler = createHandler(operations.listProcesses, listProcesses, () => undefined);
