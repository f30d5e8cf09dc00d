import { createWorkerHandler } from './handler.ts';
import { runs } from './runs/light.ts';

export const handler = createWorkerHandler('light', runs, import.meta.url);
