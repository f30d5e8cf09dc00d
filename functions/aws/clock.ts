import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/ports.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  newID: () => randomUUID(),
};
