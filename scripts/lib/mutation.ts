import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { local, root, toolsFirst } from './paths.ts';
import { exitCode, run } from './processes.ts';
import { step } from './progress.ts';

/** Folders of core that are mutated, each by its own tests. */
export const mutatedFolders = ['jobs', 'execution', 'net'] as const;
export type MutatedFolder = (typeof mutatedFolders)[number];

/** Per cent of the mutants that the tests of a folder must notice. */
const MINIMUM_SCORE = 85;

const home = join(local, 'mutation');
const env = { ...process.env, PATH: toolsFirst };

/** Installs Stryker below `.local` where it is not yet, in the versions that are pinned. */
export async function installStryker(signal?: AbortSignal): Promise<void> {
  const source = join(root, 'scripts', 'mutation');
  const pinned = readFileSync(join(source, 'package-lock.json'), 'utf8');
  const marker = join(home, 'installed-package-lock.json');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === pinned) return;
  await step('Installing Stryker into .local/mutation (once)', async () => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(source, name), join(home, name));
    const args = ['ci', '--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund'];
    const log = join(local, 'install-mutation.log');
    await run('npm', { name: 'npm ci', args, env, log, ...(signal ? { signal } : {}) });
    writeFileSync(marker, pinned);
  });
}

/** What Stryker is told for a folder. */
const settings = (folder: MutatedFolder) => ({
  mutate: [`core/${folder}/**/*.ts`],
  testRunner: 'tap',
  plugins: [join(home, 'node_modules/@stryker-mutator/tap-runner/dist/src/index.js')],
  tap: {
    testFiles: [`test/core/${folder}/**/*.test.ts`],
    nodeArgs: [
      '--test-reporter=tap',
      '--import={{hookFile}}',
      `--import=${join(root, 'test/support/seed.ts')}`,
      '{{testFile}}',
    ],
  },
  coverageAnalysis: 'perTest',
  timeoutMS: 30_000,
  concurrency: 2,
  // Types are stripped, not compiled; Stryker's own handling of tsconfig.json wants an API that the compiler has no more.
  tsconfigFile: 'none.json',
  ignorePatterns: [
    '.local',
    'cdk.out',
    'bench',
    'docs',
    'functions',
    'infra',
    'test/fixtures',
    'test/processes',
  ],
  tempDirName: '.local/stryker',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  jsonReporter: { fileName: `.local/mutation-${folder}.json` },
  htmlReporter: { fileName: `.local/mutation-${folder}.html` },
  thresholds: { high: 95, low: MINIMUM_SCORE, break: MINIMUM_SCORE },
});

/** Mutates a folder and runs its tests on each mutant. @returns whether the tests notice enough of them */
export async function mutate(folder: MutatedFolder, signal?: AbortSignal): Promise<boolean> {
  console.log(`\n== mutants of core/${folder} ==`);
  const file = join(home, `${folder}.json`);
  writeFileSync(file, JSON.stringify(settings(folder), null, 2));
  const stryker = join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const args = [stryker, 'run', file];
  return (
    (await exitCode(process.execPath, { name: 'stryker', args, env, ...(signal ? { signal } : {}) })) === 0
  );
}
