import { workerHandler } from './compose.ts';
import { runs } from './runs/vector.ts';
import { threadEntry } from './threads/entry.ts';

export const handler = workerHandler(runs, threadEntry(import.meta.url, 'vector'));
