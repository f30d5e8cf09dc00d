import { runs } from '../../../processes/workers/raster.ts';
import { workerHandler } from './handler.ts';
import { threadEntry } from './threads/entry.ts';

export const handler = workerHandler(runs, threadEntry(import.meta.url, 'raster'));
