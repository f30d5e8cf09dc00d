import { createWorkerHandler } from './handler.ts';
import { runs } from './runs/vector.ts';

export const handler = createWorkerHandler('vector', runs, import.meta.url);
