import { operations } from '../../../core/api/operations.ts';
import { awsPorts } from '../../shared/aws/ports.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { createUpload } from './create-upload.ts';

export const handler = createHandler(operations.createUpload, createUpload, awsPorts);
