import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.ts';
import { main } from './lib/progress.ts';
import { holdRatchet, parseReport } from './lib/ratchet-file.ts';

interface Diagnostic {
  readonly message: string;
  /** As `import(no-cycle)`. */
  readonly code?: string;
  readonly filename: string;
  readonly labels: readonly { readonly span: { readonly line: number } }[];
}

/**
 * `npm run check:lint`: floating promises, import cycles, spreads into calls, exports without a docstring, and
 * non-null assertions. `npx oxlint` shows all findings, those of the ratchet too.
 */
await main(async () => {
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const result = spawnSync(process.execPath, [oxlint, '--format=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const { diagnostics } = parseReport('oxlint', result) as { diagnostics: readonly Diagnostic[] };
  const findings = diagnostics.map(({ message, code = 'syntax', filename, labels }) => ({
    rule: code.replace('(', '/').replace(')', ''),
    file: filename,
    line: labels[0]?.span.line ?? 1,
    message,
  }));
  return holdRatchet({ script: 'check:lint', findings, owns: (rule) => !rule.startsWith('dead/') });
});
