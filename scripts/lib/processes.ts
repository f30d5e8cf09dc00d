import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.ts';
import { Problem } from './progress.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Starts a program in a process group of its own, so that it and whatever it starts can be stopped together, and
 * so that Ctrl-C in a terminal reaches only the script, which stops things in order.
 */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Environment,
  log: string,
): ChildProcess {
  const file = openSync(log, 'a');
  try {
    return spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', file, file] });
  } finally {
    closeSync(file);
  }
}

export interface Running {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Environment;
  /** File that gets the output; absent: the output is shown. */
  readonly log?: string;
  /** Stops the program and what it started. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. @throws Problem with the end of its output when it fails. */
export async function run(command: string, { name, args, env, log, signal }: Running): Promise<void> {
  const code = await exitCode(command, {
    name,
    args,
    env,
    ...(log ? { log } : {}),
    ...(signal ? { signal } : {}),
  });
  signal?.throwIfAborted();
  if (code === 0) return;
  throw new Problem(
    `${name} failed (exit code ${code}).${log ? `\n${lastLines(log)}\nAll of it: ${log}` : ''}`,
  );
}

/** Exit code of a program that is run to its end. */
export async function exitCode(command: string, { args, env, log, signal }: Running): Promise<number> {
  signal?.throwIfAborted();
  const child = log
    ? startProgram(command, args, env, log)
    : spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => void (child.pid && stopGroup(child.pid));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Last lines of a log file. */
export const lastLines = (file: string, count = 25): string =>
  readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');

/** Whether a process of the group still runs. */
export function groupRuns(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process runs. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Command line of a process; empty when there is none of that id. */
export function readCommandLine(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Asks a process group to end, and ends it when it does not within the given seconds. */
export async function stopGroup(group: number, seconds = 10): Promise<void> {
  signalGroup(group, 'SIGTERM');
  const deadline = Date.now() + seconds * 1000;
  while (groupRuns(group) && Date.now() < deadline) await sleep(50);
  if (!groupRuns(group)) return;
  signalGroup(group, 'SIGKILL');
  for (let wait = 0; groupRuns(group) && wait < 100; wait++) await sleep(50);
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/**
 * Aborts when this script is told to stop: Ctrl-C, a termination, a closed terminal, or the end of the npm that
 * started it (which does not always pass signals on).
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new Problem('Stopped.'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
  return controller.signal;
}
