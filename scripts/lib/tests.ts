import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, toolsFirst } from './paths.ts';
import { type Environment, exitCode } from './processes.ts';

/** What a ring of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Left out, because a bug of the emulator keeps them from passing; they say which. */
  readonly skipped?: number;
}

export interface Ring {
  readonly name: string;
  /** Globs of test files below `test/`. */
  readonly files: readonly string[];
  readonly env?: Environment;
  readonly signal?: AbortSignal;
}

/** The rings of tests that need nothing but this machine's Node. */
export const unitRing: Ring = {
  name: 'unit',
  files: ['{core,processes,functions,architecture,conformance,scripts}/**/*.test.ts'],
};
export const infraRing: Ring = { name: 'infra', files: ['infra/**/*.test.ts'] };
export const integrationRing: Ring = { name: 'integration', files: ['integration/**/*.test.ts'] };
/** Clients and servers of others; they need a Python environment of their own. */
export const clientsRing: Ring = { name: 'clients', files: ['clients/**/*.test.ts'] };
/** Files as people have them, compared with what GDAL reads in them; they need the Python environment of the oracles. */
export const filesRing: Ring = { name: 'files', files: ['files/**/*.test.ts'] };
export const smokeRing: Ring = { name: 'smoke', files: ['smoke/**/*.test.ts'] };

/** Runs the tests of a ring and counts them. A runner that ends without a count is one failure. */
export async function runRing({ name, files, env, signal }: Ring): Promise<Tally> {
  console.log(`\n== ${name} tests ==`);
  const directory = mkdtempSync(join(tmpdir(), 'tally-'));
  const counts = join(directory, 'counts.json');
  const args = [
    '--test',
    ...(process.env['FAST_CHECK_SEED'] ? ['--import', join(root, 'test', 'support', 'seed.ts')] : []),
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(root, 'scripts', 'lib', 'tally.ts')}`,
    `--test-reporter-destination=${counts}`,
    ...files.map((pattern) => join(root, 'test', pattern)),
  ];
  try {
    const code = await exitCode(process.execPath, {
      name,
      args,
      env: { ...process.env, PATH: toolsFirst, ...env },
      ...(signal ? { signal } : {}),
    });
    const tally = JSON.parse(readFileSync(counts, 'utf8')) as Tally;
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Says what all rings came to. @returns the exit code */
export function conclude(tallies: readonly Tally[]): number {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  const skipped = tallies.reduce((sum, tally) => sum + (tally.skipped ?? 0), 0);
  const leftOut = skipped > 0 ? `, ${skipped} left out for bugs of the emulator (docs/operate/local.md)` : '';
  console.log(`\n${passed} passed, ${failed} failed${leftOut}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
