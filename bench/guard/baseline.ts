import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './guarded-process.ts';

/** What hot paths took when the baseline was recorded, by their name: `bench/guard/baseline.json`. */
export type Baseline = Readonly<Record<string, Measured>>;

const file = join(import.meta.dirname, 'baseline.json');

/** The baseline; undefined where none was recorded. */
export const readBaseline = (): Baseline | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Baseline) : undefined;

/** Records what was measured as the baseline. */
export const recordBaseline = (measured: Baseline): void =>
  writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);

/**
 * How many times what the baseline says a path may take. Processors differ in what they do fast, by which the same code gives ratios that
 * differ by a quarter; allocations hardly differ.
 */
export const tolerance: Measured = { ratio: 1.8, kilobytes: 1.3 };
/** Kilobytes by which allocations may differ anyhow: a buffer that is kept is made sometimes. */
const SPARE_KILOBYTES = 16;

/** What has become worse, in sentences; what is not in the baseline, or not measured any more, as well. */
export function findRegressions(measured: Baseline, baseline: Baseline): string[] {
  const names = new Set([...Object.keys(baseline), ...Object.keys(measured)]);
  return [...names].flatMap((name) => {
    const [now, then] = [measured[name], baseline[name]];
    if (!then) return [`${name} is not in the baseline: record it with "npm run bench -- guard --record".`];
    if (!now) return [`${name} is in the baseline, and was not measured.`];
    const found: string[] = [];
    if (now.ratio > then.ratio * tolerance.ratio)
      found.push(
        `${name} takes ${(now.ratio / then.ratio).toFixed(1)} times the processor time of the baseline; ${tolerance.ratio} times are allowed.`,
      );
    if (now.kilobytes > then.kilobytes * tolerance.kilobytes + SPARE_KILOBYTES)
      found.push(
        `${name} allocates ${now.kilobytes.toFixed(0)} KB; the baseline has ${then.kilobytes.toFixed(0)} KB, and ${tolerance.kilobytes} times that are allowed.`,
      );
    return found;
  });
}
