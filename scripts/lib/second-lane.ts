import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolEnvironment } from './paths.ts';
import { exitCode } from './processes.ts';
import type { Tally } from './tests.ts';

/** Bytes of memory from which on two lanes of tests have room: the functions on the emulator, and a worker with all that it may take. */
const ROOM = 12 * 1024 ** 3;

export const hasRoomForTwo = (bytes = totalmem()): boolean => bytes >= ROOM;

export interface Lane {
  /** Shows what the lane has said so far, and goes on until it ends. */
  finish(): Promise<readonly Tally[]>;
}

/**
 * Runs a script of tests beside others. Two that talk at the same time cannot be read, so what it says goes to a file until
 * somebody listens.
 *
 * @param script path from the root; its argument is where it writes its tallies, a list in JSON
 */
export function startLane(script: string, signal: AbortSignal): Lane {
  const directory = mkdtempSync(join(tmpdir(), 'lane-'));
  const log = join(directory, 'output.log');
  const counts = join(directory, 'tallies.json');
  closeSync(openSync(log, 'a'));
  let isRunning = true;
  const ended = exitCode('node', {
    name: script,
    args: [script, counts],
    env: toolEnvironment(),
    log,
    signal,
  })
    .catch((error) => void console.error(error))
    .finally(() => {
      isRunning = false;
    });
  return {
    finish: async () => {
      try {
        await showUntil(log, () => !isRunning);
        const code = await ended;
        const tallies = readTallies(counts);
        return code !== 0 && tallies.every(({ failed }) => failed === 0)
          ? [...tallies, { passed: 0, failed: 1 }]
          : tallies;
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** None where the script did not come to its end. */
function readTallies(path: string): readonly Tally[] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Tally[];
  } catch {
    return [];
  }
}

/** Copies a file that grows to standard output. */
async function showUntil(path: string, isOver: () => boolean): Promise<void> {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  try {
    for (;;) {
      // Asked first: what was written before the end is read after it.
      const isLast = isOver();
      for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer))
        process.stdout.write(Buffer.from(buffer.subarray(0, size)));
      if (isLast) return;
      await sleep(200);
    }
  } finally {
    closeSync(file);
  }
}
