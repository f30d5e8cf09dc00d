import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/ports.ts';

/** A clock that goes only when it is told to, or, by default, the machine's. */
export class MemoryClock implements Clock {
  #now: Date | undefined;

  /** @param at stops the clock at this time. */
  constructor(at?: Date | string) {
    this.#now = at === undefined ? undefined : new Date(at);
  }

  now(): Date {
    return new Date(this.#now ?? Date.now());
  }

  newID(): string {
    return randomUUID();
  }

  /** Moves a stopped clock; stops one that goes. */
  advance(seconds: number): Date {
    this.#now = new Date(this.now().getTime() + seconds * 1000);
    return this.now();
  }
}
