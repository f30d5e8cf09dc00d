import { workerHandler } from './compose.ts';
import { runs } from './runs/raster.ts';
import { threadEntry } from './threads/entry.ts';

export const handler = workerHandler(runs, threadEntry(import.meta.url, 'raster'));
