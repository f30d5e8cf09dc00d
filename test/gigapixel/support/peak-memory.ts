import { readFileSync } from 'node:fs';
import { findProcesses } from '../../integration/support/workers.ts';

/** Milliseconds between two looks. */
const PAUSE = 500;

/** The most memory that each process of a function has had, in megabytes; Linux counts it itself (`VmHWM`). */
export function watchMemory(functionName: string) {
  const peaks = new Map<number, number>();
  const look = () => {
    for (const pid of findProcesses(functionName)) {
      try {
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        if (kilobytes) peaks.set(pid, Math.round(Number(kilobytes) / 1024));
      } catch {
        // It has ended since it was listed.
      }
    }
  };
  const timer = setInterval(look, PAUSE);
  return {
    peaks,
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}
