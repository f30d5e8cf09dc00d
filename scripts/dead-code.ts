import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.ts';
import { main } from './lib/progress.ts';
import { holdRatchet, parseReport } from './lib/ratchet-file.ts';

interface Issue {
  readonly name: string;
  readonly line?: number;
}

/** What knip calls its lists, and what each is a finding of. */
const kinds = {
  files: 'No other file uses this one',
  exports: 'No other file uses this export',
  types: 'Nothing uses this type',
  dependencies: 'Nothing uses this dependency',
  devDependencies: 'Nothing uses this dependency',
  unlisted: 'This package is no dependency in package.json',
  unresolved: 'There is no such file or package',
  duplicates: 'Exported more than once',
} as const;

type Report = { readonly file: string } & { readonly [kind in keyof typeof kinds]: readonly Issue[] };

/** `npm run check:dead`: files, exports and dependencies that nothing uses. `npx knip -c scripts/lint/knip.ts` shows all. */
await main(async () => {
  const knip = join(root, 'node_modules', 'knip', 'bin', 'knip.js');
  const result = spawnSync(
    process.execPath,
    [knip, '--config', 'scripts/lint/knip.ts', '--reporter', 'json', '--no-config-hints'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const { issues } = parseReport('knip', result) as { issues: readonly Report[] };
  const findings = issues.flatMap((report) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
      report[kind].flat().map(({ name, line = 1 }) => ({
        rule: `dead/${kind}`,
        file: report.file,
        line,
        message: `${kinds[kind]}: ${name}`,
      })),
    ),
  );
  return holdRatchet({ script: 'check:dead', findings, owns: (rule) => rule.startsWith('dead/') });
});
