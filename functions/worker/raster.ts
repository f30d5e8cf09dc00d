import { createWorkerHandler } from './handler.ts';
import { runs } from './runs/raster.ts';

export const handler = createWorkerHandler('raster', runs, import.meta.url);
