import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { local } from './paths.ts';

/** Seconds that each part of the tests takes on a machine with two cores, installations apart. */
export const usualSeconds: Readonly<Record<string, number>> = {
  check: 40,
  unit: 210,
  bombs: 30,
  infra: 75,
  oracle: 20,
  files: 55,
  browser: 55,
  emulator: 40,
  integration: 240,
  faults: 200,
  clients: 100,
  pages: 230,
  smoke: 10,
};

const file = join(local, 'durations.json');

/** Seconds that parts of the tests took when they last ran on this machine. */
export function lastSeconds(path = file): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}

/** Does a part of the tests and records how long it took; not where that says nothing, because it was stopped. */
export async function timed<T>(
  part: string,
  work: () => Promise<T>,
  { signal, path = file }: { readonly signal?: AbortSignal | undefined; readonly path?: string } = {},
): Promise<T> {
  const started = performance.now();
  const result = await work();
  const seconds = Math.ceil((performance.now() - started) / 1000);
  if (signal?.aborted) return result;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...lastSeconds(path), [part]: seconds }, null, 2)}\n`);
  return result;
}

const inWords = (seconds: number): string =>
  seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;

/**
 * How long parts of the tests will take, as a sentence that says where that is known from.
 *
 * @param lanes what runs at the same time, each with its parts in their order
 */
export function expectation(lanes: readonly (readonly string[])[], last = lastSeconds()): string {
  const secondsOf = (part: string) => last[part] ?? usualSeconds[part] ?? 0;
  const sum = (parts: readonly string[]) => parts.reduce((total, part) => total + secondsOf(part), 0);
  const total = inWords(lanes.map(sum).reduce((longest, seconds) => Math.max(longest, seconds), 0));
  const each = lanes.map((parts) => parts.map((part) => `${part} ${secondsOf(part)} s`).join(', '));
  const known = lanes.flat().every((part) => last[part] !== undefined)
    ? 'the time of the last run here'
    : 'the time on two cores; the first run also installs Python packages';
  return `This takes about ${total} (${known}): ${each.join('; beside it ')}.`;
}
