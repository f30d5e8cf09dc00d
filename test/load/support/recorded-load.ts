import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the jobs of an owner fared; times are seconds. */
export interface OwnerLoad {
  readonly jobs: number;
  readonly medianWait: number;
  readonly longestWait: number;
  /** After the first job of all had been made. */
  readonly ended: number;
  /** Jobs that ran at the same time, at most. */
  readonly together: number;
  /** By how many later ones a job was overtaken, at most. */
  readonly overtaken: number;
}

/** A run of the ring. */
export interface RecordedLoad {
  /** The day. */
  readonly on: string;
  /** Jobs of an owner that may run at the same time. */
  readonly running: number;
  readonly sendingSeconds: number;
  /** Answers 429 and 503. */
  readonly refused: number;
  readonly unavailable: number;
  readonly ended: number;
  /** Jobs of the owner who floods that began after the last of all others. */
  readonly later: number;
  readonly owners: Readonly<Record<string, OwnerLoad>>;
}

const file = join(import.meta.dirname, '..', 'recorded.json');

/** Runs that were recorded, by their number of jobs. */
export const readRecordedLoads = (): Readonly<Record<string, RecordedLoad>> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, RecordedLoad>) : {};

/** Records a run in the place of the last one with as many jobs. */
export function recordLoad(jobs: number, load: RecordedLoad): void {
  writeFileSync(file, `${JSON.stringify({ ...readRecordedLoads(), [jobs]: load }, null, 2)}\n`);
}
