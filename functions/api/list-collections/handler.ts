import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { listCollections } from './list-collections.ts';

export const handler = createHandler(operations.listCollections, listCollections, awsPorts);
