import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../bench/api/bundle.ts';
import { entryOf } from '../bench/api/functions.ts';
import { measureRequests } from '../bench/api/measure.ts';
import { measurePeers } from '../bench/peer/peers.ts';
import { measureStarts, startedEntries } from '../bench/start/measure-starts.ts';
import { PERFORMANCE_PLOT, performanceDocument, performancePlot } from './generate/performance.ts';
import { root } from './lib/paths.ts';
import { main, Problem, step } from './lib/progress.ts';

/**
 * `npm run bench [-- PART ...]`: measures the service, writes bench/results/ and, from what is there, docs/performance.md. Parts: `api`
 * (requests, beside pygeoapi), `start` (starts of functions), `kernels` (computations, beside GDAL and others). Minutes each; all
 * servers listen on the loopback interface and are stopped at the end. BENCH_LISTED sets the numbers of stored jobs.
 */
const parts = { api: measureApi, start: measureStart, kernels: measureKernels };
type Part = keyof typeof parts;

const results = join(root, 'bench', 'results');
const listed = (process.env['BENCH_LISTED'] ?? '10,1000,10000').split(',').map(Number);

await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new Problem(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`);
  mkdirSync(results, { recursive: true });
  for (const name of wanted.length > 0 ? (wanted as Part[]) : (Object.keys(parts) as Part[]))
    await parts[name]();
  writeFileSync(join(root, 'docs', 'performance.md'), performanceDocument(root));
  const plot = performancePlot(root);
  if (plot !== undefined) writeFileSync(join(root, PERFORMANCE_PLOT), plot);
  console.log('\nWrote bench/results and docs/performance.md');
  return 0;
});

async function measureApi(): Promise<void> {
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
    write('api', { machine: describeMachine(), listed, ours, peers: await measurePeers(listed) });
  });
}

async function measureStart(): Promise<void> {
  await inDirectory(async (directory) => {
    const locate = await step('Bundling functions', () => bundleFunctions(startedEntries, directory));
    const starts = await step('Measuring starts', () => measureStarts(locate, directory));
    write('start', { machine: describeMachine(), starts });
  });
}

async function measureKernels(): Promise<void> {
  const { status } = spawnSync(process.execPath, [join(root, 'bench', 'run.ts')], { stdio: 'inherit' });
  if (status !== 0) throw new Problem('The kernels were not measured.');
}

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Numbers are kept as they are read: three digits. */
function write(name: string, value: object): void {
  const rounded = (_: string, member: unknown) =>
    typeof member === 'number' && !Number.isInteger(member) ? Number(member.toPrecision(3)) : member;
  writeFileSync(join(results, `${name}.json`), `${JSON.stringify(value, rounded, 2)}\n`);
}

/** The processors, not the machine's name; and whether more than what is measured ran on them in the last minute. */
function describeMachine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const cores = availableParallelism();
  const [load = 0] = loadavg();
  const busy = load > cores + 1 ? `; not quiet, with a load of ${load.toFixed(0)} in the last minute` : '';
  return `${cores} cores of ${cpus()[0]?.model.trim()}, ${memory} GB; Node ${process.versions.node}${busy}`;
}
