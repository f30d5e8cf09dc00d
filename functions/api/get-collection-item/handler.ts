import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getCollectionItem } from './get-collection-item.ts';

export const handler = createHandler(operations.getCollectionItem, getCollectionItem, awsPorts);
