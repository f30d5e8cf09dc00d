import { operations } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getApi } from './get-api.ts';

export const handler = createHandler(operations.getApi, getApi, () => undefined);
