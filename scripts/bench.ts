import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { allRows, casesAbove, type KernelResults } from '../bench/kernel-results.ts';
import type { Profiles } from '../bench/profile/profile-cases.ts';
import { describeMachine, describeNoise, readResults, writeResults } from '../bench/results-files.ts';
import { performanceFiles } from './generate/performance.ts';
import { root } from './lib/paths.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem, step } from './lib/progress.ts';

/**
 * `npm run bench [-- PART ... [CASE ...]]`: measures the service, writes bench/results/ as it goes and, from what is there,
 * docs/performance.md and the pages of bench/. Parts: `start` (starts of functions), `api` (requests, beside pygeoapi), `kernels`
 * (computations, beside GDAL and others) and `profile` (where their time goes), which are all done where none is named; `emulator`
 * (requests end to end) and `guard` (hot paths, compared with their baseline, which `--record` writes). Cases are those of `kernels` and `profile`. Minutes each; all
 * servers listen on the loopback interface and are stopped at the end. BENCH_LISTED sets the numbers of stored jobs, BENCH_SIZE the pixels
 * of a side of the rasters, BENCH_REPETITIONS and BENCH_SECONDS how often and how long computations are repeated.
 */
const parts = {
  start: measureStart,
  api: measureApi,
  kernels: measureKernels,
  profile: measureProfiles,
  emulator: measureOnEmulator,
  guard: measureGuard,
};
type Part = keyof typeof parts;

/** What is measured where nothing is named: what the pages show of this machine, without an emulator. */
const usualParts = ['start', 'api', 'kernels', 'profile'] as const satisfies readonly Part[];
const partsOfCases: readonly Part[] = ['kernels', 'profile'];

/** Of `guard`: writes the baseline, instead of comparing with it. */
const RECORD = '--record';

const listed = (process.env['BENCH_LISTED'] ?? '10,1000,10000,100000').split(',').map(Number);

await main(async () => {
  const words = process.argv.slice(2).filter((word) => word !== RECORD);
  const isPart = (word: string): word is Part => Object.hasOwn(parts, word);
  const wanted = words.some(isPart) ? words.filter(isPart) : usualParts;
  const cases = words.filter((word) => !isPart(word));
  const unknown = cases.filter((word) => !allRows.some(({ name }) => name === word));
  if (unknown.length > 0)
    throw new Problem(
      `There is no part or case ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}. Cases: ${allRows.map(({ name }) => name).join(', ')}.`,
    );
  if (cases.length > 0 && !wanted.some((part) => partsOfCases.includes(part)))
    throw new Problem(`Cases are measured by ${partsOfCases.join(' and ')}.`);
  let code = 0;
  for (const part of wanted) {
    try {
      code = Math.max(code, (await parts[part](cases)) ?? 0);
    } finally {
      writePages();
    }
  }
  console.log('\nWrote bench/results and the pages that follow from it');
  return code;
});

function writePages(): void {
  for (const [path, text] of performanceFiles()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/* Each part reads its code when it is its turn: what bundles and deploys is large. */

async function measureStart(): Promise<void> {
  const { bundleFunctions } = await import('../bench/api/bundle.ts');
  const { measureStarts, startedEntries } = await import('../bench/start/measure-starts.ts');
  await inDirectory(async (directory) => {
    const locate = await step('Bundling functions', () => bundleFunctions(startedEntries, directory));
    const starts = await step('Measuring starts', () => measureStarts(locate, directory));
    writeResults('start', { machine: describeMachine() + describeNoise(), starts });
  });
}

async function measureApi(): Promise<void> {
  const { bundleFunctions } = await import('../bench/api/bundle.ts');
  const { entryOf } = await import('../bench/api/functions.ts');
  const { measureRequests } = await import('../bench/api/measure.ts');
  const { measurePeers } = await import('../bench/peer/peers.ts');
  await inDirectory(async (directory) => {
    const operations = [
      'getLandingPage',
      'listProcesses',
      'describeProcess',
      'getApi',
      'executeProcess',
      'getJob',
      'getJobResults',
      'listJobs',
    ] as const;
    const entries = [...operations.map(entryOf), 'worker/light'];
    const locate = await step('Bundling functions', () => bundleFunctions(entries, directory));
    const ours = await step('Measuring requests', () =>
      measureRequests((entry) => locate(entry).directory, listed),
    );
    const machine = describeMachine() + describeNoise();
    await measurePeers(listed, (peers) => writeResults('api', { machine, listed, ours, peers }));
  });
}

async function measureKernels(cases: readonly string[]): Promise<void> {
  const { compareKernels } = await import('../bench/compare.ts');
  const save = (results: KernelResults) => writeResults('kernels', results);
  await step('Measuring computations', () => compareKernels(cases, readResults('kernels'), save));
}

/** Without names, of the cases that are far above their reference. */
async function measureProfiles(cases: readonly string[]): Promise<void> {
  const { profileCases } = await import('../bench/profile/profile-cases.ts');
  const kernels = readResults<KernelResults>('kernels');
  const names = cases.length > 0 ? cases : kernels ? casesAbove(kernels) : [];
  const save = (profiles: Profiles) => writeResults('profiles', profiles);
  await step('Profiling computations', () => profileCases(names, readResults('profiles'), save));
}

async function measureOnEmulator(): Promise<void> {
  const { measureEmulator } = await import('../bench/emulator/measure-emulator.ts');
  writeResults('emulator', await measureEmulator(stopSignal()));
}

/** @returns the exit code: 1 where a path has become slower */
async function measureGuard(): Promise<number> {
  const { guard } = await import('../bench/guard/guard.ts');
  return await inDirectory((directory) => guard(directory, process.argv.includes(RECORD)));
}

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
