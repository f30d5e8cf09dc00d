import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../../scripts/lib/paths.ts';

const directory = mkdtempSync(join(tmpdir(), 'lint-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** Rules that the configuration of the project finds broken in files of a project like it. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
  for (const path of ['.oxlintrc.json', 'tsconfig.json', 'package.json', 'scripts/lint', 'scripts/lib'])
    cpSync(join(root, path), join(directory, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const oxlint = join('node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format=json', 'core', 'test'], {
    cwd: directory,
    encoding: 'utf8',
  });
  assert.ok(stdout.startsWith('{'), stdout + stderr);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  return diagnostics.map(({ code, filename }) => `${filename}: ${code}`).toSorted();
}

test('the configuration finds what no types and no test would', () => {
  const found = brokenRules({
    'core/one.ts': `import { two } from './two.ts';
      export const one = async (list: number[], more: readonly number[]) => {
        list.push(...more);
        two();
      };
      void Promise.resolve().then(() => one([], []));`,
    'core/two.ts': `import { one } from './one.ts';
      /** Has a docstring. */
      export const two = async () => {
        one([], []);
        ['a'].forEach(async (letter) => console.log(letter[0]!));
      };`,
    'test/one.test.ts': `import { test } from 'node:test';
      import { one } from '../core/one.ts';
      test('a', async () => {
        const list = [1];
        list.push(...list, list[0]!);
        one(list, list);
      });`,
  });
  assert.deepEqual(found, [
    'core/one.ts: house(documented-export)',
    'core/one.ts: house(no-spread-into-call)',
    'core/one.ts: import(no-cycle)',
    'core/one.ts: typescript(no-floating-promises)',
    'core/two.ts: import(no-cycle)',
    'core/two.ts: typescript(no-floating-promises)',
    'core/two.ts: typescript(no-misused-promises)',
    'core/two.ts: typescript(no-non-null-assertion)',
    // Node's test runner waits for its tests, but not for what they do.
    'test/one.test.ts: typescript(no-floating-promises)',
  ]);
});
