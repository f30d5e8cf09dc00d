import { operations } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getConformance } from './get-conformance.ts';

export const handler = createHandler(operations.getConformance, getConformance, () => undefined);
