import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/lib/paths.ts';

/** What is measured, each in a file of its own: parts are measured at different times. */
export type ResultsName = 'api' | 'start' | 'kernels' | 'profiles' | 'emulator';

const folder = join(root, 'bench', 'results');
const fileOf = (name: ResultsName): string => join(folder, `${name}.json`);

/** What was measured last; undefined where nothing was. */
export function readResults<T>(name: ResultsName): T | undefined {
  const file = fileOf(name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** Writes results. Numbers are kept as they are read: three digits. */
export function writeResults(name: ResultsName, value: object): void {
  const rounded = (_: string, member: unknown) =>
    typeof member === 'number' && !Number.isInteger(member) ? Number(member.toPrecision(3)) : member;
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify(value, rounded, 2)}\n`);
}

/** The processors, not the machine's name. */
export function describeMachine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${cpus()[0]?.model.trim()}, ${memory} GB; Node ${process.versions.node}`;
}

/** What is to be added to the description of a machine on which more than what is measured ran in the last minute. */
export function describeNoise(): string {
  const [load = 0] = loadavg();
  return load > availableParallelism() + 1
    ? `; not quiet, with a load of ${load.toFixed(0)} in the last minute`
    : '';
}

/** The day of a measurement, in UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);
