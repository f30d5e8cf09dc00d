import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logger } from '../../observe/logger.ts';

const NAME = /^process-(\d+)-/;

/**
 * Where a thread puts its temporary files. It belongs to the main thread, which removes it when the thread has ended,
 * whatever ended it: a thread that is ended in the middle of something cannot clean up after itself.
 */
export class ScratchDirectory {
  readonly path: string;

  constructor(parent = tmpdir()) {
    this.path = mkdtempSync(join(parent, `process-${process.pid}-`));
  }

  /** Variables of a thread whose `os.tmpdir()` is this directory, so that all that it calls uses it. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, TMPDIR: this.path };
  }

  /** Removes what a run has left. */
  empty(): void {
    for (const name of readdirSync(this.path)) remove(join(this.path, name));
  }

  remove(): void {
    remove(this.path);
  }
}

/**
 * Removes the directories of processes that are no more: Lambda starts a process anew beside the files of one that was
 * killed. To be called before this process has any of its own: it may have the number of its predecessor.
 */
export function removeScratch(parent = tmpdir()): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (Number.isNaN(pid) || (pid !== process.pid && isRunning(pid))) continue;
    try {
      remove(join(parent, name));
    } catch (error) {
      // On a machine with other users it may be theirs.
      logger.warn('Worker:LeftoverStays', { name, error });
    }
  }
}

const remove = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 2 });

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
