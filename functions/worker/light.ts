import { workerHandler } from './compose.ts';
import { runs } from './runs/light.ts';

export const handler = workerHandler(runs);
