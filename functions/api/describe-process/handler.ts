import { operations } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { describeProcess } from './describe-process.ts';

export const handler = createHandler(operations.describeProcess, describeProcess, () => undefined);
