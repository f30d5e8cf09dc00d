import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import { Problem } from './progress.ts';
import { type Finding, findingsAbove, isLoose, type Ratchet, tighten } from './ratchet.ts';

const file = join(root, 'scripts', 'lint', 'ratchet.json');

/** What a tool found, and which of the recorded numbers are its own. */
export interface Check {
  /** The npm script that runs it. */
  readonly script: string;
  readonly findings: readonly Finding[];
  readonly owns: (rule: string) => boolean;
}

/**
 * Shows findings of the rules that have more than is recorded; with `--record` among the arguments of the script, lowers
 * what is recorded to what there is.
 * @returns the exit code
 */
export function holdRatchet({ script, findings, owns }: Check): number {
  const recorded = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Ratchet);
  const allowed = Object.fromEntries(recorded.filter(([rule]) => owns(rule)));
  if (process.argv.includes('--record')) {
    const tightened = tighten(findings, allowed);
    if ('risen' in tightened) throw new Problem(`More findings than before: ${tightened.risen.join(', ')}.`);
    const others = recorded.filter(([rule]) => !owns(rule));
    const all = [...others, ...Object.entries(tightened.ratchet)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`);
    return 0;
  }
  const above = findingsAbove(findings, allowed);
  for (const { rule, file: path, line, message } of above)
    console.log(`${path}:${line} ${message} [${rule}]`);
  if (above.length > 0) console.log(`\n${above.length} findings more than scripts/lint/ratchet.json allows.`);
  else if (isLoose(findings, allowed))
    console.log(`Fewer findings than scripts/lint/ratchet.json allows: npm run ${script} -- --record`);
  return above.length === 0 ? 0 : 1;
}

/** What a program prints as JSON, whatever its exit code says of it. */
export function parseReport(name: string, { stdout, stderr }: { stdout: string; stderr: string }): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Problem(`${name} failed.\n${stdout}${stderr}`);
  }
}
