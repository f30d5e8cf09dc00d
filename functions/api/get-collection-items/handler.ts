import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getCollectionItems } from './get-collection-items.ts';

export const handler = createHandler(operations.getCollectionItems, getCollectionItems, awsPorts);
