import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getCollection } from './get-collection.ts';

export const handler = createHandler(operations.getCollection, getCollection, awsPorts);
