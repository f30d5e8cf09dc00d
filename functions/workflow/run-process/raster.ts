import { runs } from '../../../processes/workers/raster.ts';
import { workerHandler } from './handler.ts';

export const handler = workerHandler(runs);
