import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from './durations.ts';
import { root, toolEnvironment } from './paths.ts';
import { type Environment, exitCode } from './processes.ts';
import { seedEnvironment } from './seeds.ts';

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
  /** Files that are left out. */
  readonly without?: RegExp;
  /**
   * As many files at a time as there are cores, each in a process of its own; or all in one process, which is faster but does
   * not keep them apart; or one after the other, because they use all of the machine themselves. Absent: as the test runner
   * has it, which leaves a core to what is tested.
   */
  readonly mode?: 'all cores' | 'one process' | 'in turn';
  /** From the last name to the first: where the longest come late by name, nothing would be left to run beside them. */
  readonly lastFirst?: boolean;
  readonly env?: Environment;
  readonly signal?: AbortSignal;
}

/** The rings of tests that need nothing but this machine's Node. */
export const unitRing: Ring = {
  name: 'unit',
  files: ['{core,geo,processes,functions,web,architecture,conformance,scripts}/**/*.test.ts'],
  mode: 'all cores',
  lastFirst: true,
};
/** Small inputs that would explode; each in a child that is ended where it takes too much memory or time. */
export const bombsRing: Ring = { name: 'bombs', files: ['bombs/**/*.test.ts'], mode: 'in turn' };
export const infraRing: Ring = { name: 'infra', files: ['infra/**/*.test.ts'], mode: 'all cores' };
/** Unit tests that take most of the time of all: random inputs by the hundred, whole worlds of jobs, threads, GDAL. */
const slow = [
  'oracle',
  'properties',
  'same-results',
  'losses',
  'round-trip',
  'broken-files',
  'like-pattern',
  'terrain/surface',
  'write-raster',
  'raster/parts/parts',
  'geodesic-distance',
  'crossings',
  'esri-register',
  'esri-wkt',
  'by-gdal/memory',
  'gdal/formats',
  'binary-dxf',
  'lifecycle',
  'fan-out',
  'workers-in-request',
  'calls-to-aws',
  'process-thread',
  'every-process',
];
/**
 * What can be run after every change: without what compares many random inputs or large files, and without what wants a
 * process of its own. Of these, `calls-to-aws` sets variables of which AWS clients are made when their modules are loaded,
 * and replaces the console; `process-thread` looks at which threads are kept, and none is where the process has grown large.
 */
export const fastRing: Ring = {
  name: 'fast',
  files: ['{core,geo,functions,architecture}/**/*.test.ts'],
  without: new RegExp(`(${slow.join('|')})\\.test\\.ts$`),
  mode: 'one process',
};
export const integrationRing: Ring = { name: 'integration', files: ['integration/**/*.test.ts'] };
/** The service while calls fail, answers are lost, functions die and executions are stopped. */
export const faultsRing: Ring = { name: 'faults', files: ['faults/*.test.ts'], mode: 'in turn' };
/** More jobs at once than there are workers. */
export const loadRing: Ring = { name: 'load', files: ['load/*.test.ts'], mode: 'in turn' };
/** The service with authorization by a mode, which takes a deployment of its own. */
export const authorizationRing = (mode: string, env: Environment): Ring => ({
  name: `authorization by ${mode}`,
  files: [`authorization/${mode}.test.ts`],
  env,
});
/** What the runbook tells an operator to do, by the AWS command line and with alarms on. */
export const runbookRing: Ring = { name: 'runbook', files: ['runbook/*.test.ts'], mode: 'in turn' };
/** A raster that no worker could hold, and the memory that its parts take; minutes, so it is run on demand. */
export const gigapixelRing: Ring = { name: 'gigapixel', files: ['gigapixel/*.test.ts'], mode: 'in turn' };
/** Clients and servers of others; they need a Python environment of their own. */
export const clientsRing: Ring = { name: 'clients', files: ['clients/**/*.test.ts'] };
/** Files as people have them, compared with what GDAL reads in them; they need the Python environment of the oracles. */
export const filesRing: Ring = { name: 'files', files: ['files/**/*.test.ts'], mode: 'in turn' };
/** The pages in a browser; they need Chromium. */
export const browserRing: Ring = { name: 'browser', files: ['browser/*.test.ts'], mode: 'in turn' };
/** The pages of a deployed service in a browser. */
export const pagesRing: Ring = { name: 'pages', files: ['browser/pages/*.test.ts'], mode: 'in turn' };
export const smokeRing: Ring = { name: 'smoke', files: ['smoke/**/*.test.ts'] };

/** Those that run one after the other against the same deployed service. */
export const ringsOnEmulator: readonly Ring[] = [
  integrationRing,
  faultsRing,
  clientsRing,
  pagesRing,
  smokeRing,
];

/**
 * Test files of a ring, as absolute paths.
 *
 * @throws Error where a pattern has none: without files, the runner would take all that it finds
 */
export const filesIn = ({ files, without }: Ring): string[] =>
  files
    .flatMap((pattern) => {
      const found = globSync(join(root, 'test', pattern.replace(/^test\//, '')));
      if (found.length === 0) throw new Error(`No test file is named ${pattern}`);
      return found;
    })
    .filter((file) => !without?.test(file))
    .toSorted();

const modes = {
  'all cores': [`--test-concurrency=${availableParallelism()}`],
  'one process': ['--test-isolation=none'],
  'in turn': ['--test-concurrency=1'],
} as const;

/** Runs the tests of a ring and counts them. A runner that ends without a count is one failure. */
export async function runRing(ring: Ring): Promise<Tally> {
  const { name, mode, env, signal } = ring;
  console.log(`\n== ${name} tests ==`);
  const directory = mkdtempSync(join(tmpdir(), 'tally-'));
  const counts = join(directory, 'counts.json');
  try {
    const args = [
      '--test',
      `--import=${join(root, 'test', 'support', 'seed.ts')}`,
      ...(mode ? modes[mode] : []),
      `--test-reporter=${mode === 'one process' ? 'dot' : 'spec'}`,
      '--test-reporter-destination=stdout',
      `--test-reporter=${join(root, 'scripts', 'lib', 'tally.ts')}`,
      `--test-reporter-destination=${counts}`,
      ...(ring.lastFirst ? filesIn(ring).reverse() : filesIn(ring)),
    ];
    const code = await timed(
      name,
      () =>
        exitCode(process.execPath, {
          name,
          args,
          env: { ...toolEnvironment(), ...seedEnvironment(), ...env },
          ...(signal ? { signal } : {}),
        }),
      { signal },
    );
    const text = readFileSync(counts, 'utf8');
    // The runner was stopped, or killed, before it had counted.
    if (text === '') return { passed: 0, failed: 1 };
    const tally = JSON.parse(text) as Tally;
    if (code === 0 || tally.failed > 0) return tally;
    console.error(`\nThe runner ended with ${code}, although no test failed: --test-reporter=spec says why.`);
    return { ...tally, failed: 1 };
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
  const leftOut = skipped > 0 ? `, ${skipped} omitted because of emulator bugs (docs/operate/local.md)` : '';
  console.log(`\n${passed} passed, ${failed} failed${leftOut}`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
