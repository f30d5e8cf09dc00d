import { runs } from '../../../processes/workers/vector.ts';
import { workerHandler } from './handler.ts';

export const handler = workerHandler(runs);
