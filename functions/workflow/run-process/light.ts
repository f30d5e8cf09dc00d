import { runs } from '../../../processes/workers/light.ts';
import { workerHandler } from './handler.ts';

export const handler = workerHandler(runs);
