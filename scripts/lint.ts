import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.ts';
import { main, Problem } from './lib/progress.ts';
import { type Finding, findingsAbove, isLoose, type Ratchet, tighten } from './lib/ratchet.ts';

const ratchetFile = join(root, 'scripts', 'lint', 'ratchet.json');

interface Diagnostic {
  readonly message: string;
  /** As `import(no-cycle)`. */
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

function runOxlint(): Finding[] {
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [oxlint, '--format=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (!stdout.startsWith('{')) throw new Problem(`oxlint failed (exit code ${status}).\n${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  return diagnostics.map(({ message, code = 'syntax', filename, labels }) => ({
    rule: code.replace('(', '/').replace(')', ''),
    file: filename,
    line: labels[0]?.span.line ?? 1,
    message,
  }));
}

/**
 * `npm run check:lint`: what the types know (promises that nobody waits for), cycles, spreads into calls, and assertions that
 * something is not null. `-- --record` lowers what ratchet.json still allows to what there is.
 */
await main(async () => {
  const findings = runOxlint();
  const allowed = JSON.parse(readFileSync(ratchetFile, 'utf8')) as Ratchet;
  if (process.argv.includes('--record')) {
    const tightened = tighten(findings, allowed);
    if ('risen' in tightened) throw new Problem(`More findings than before: ${tightened.risen.join(', ')}.`);
    writeFileSync(ratchetFile, `${JSON.stringify(tightened.ratchet, null, 2)}\n`);
    return 0;
  }
  const above = findingsAbove(findings, allowed);
  for (const { rule, file, line, message } of above) console.log(`${file}:${line} ${message} [${rule}]`);
  if (above.length > 0) console.log(`\n${above.length} findings, of rules that may not have as many.`);
  else if (isLoose(findings, allowed))
    console.log('Fewer findings than scripts/lint/ratchet.json allows: npm run check:lint -- --record');
  return above.length === 0 ? 0 : 1;
});
