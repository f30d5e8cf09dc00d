import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { least } from '../core/shared/arrays.ts';
import { requirePresent } from '../core/shared/require-present.ts';
import { oracleEnvironment } from '../scripts/lib/oracle.ts';
import { local, root } from '../scripts/lib/paths.ts';
import { main, step } from '../scripts/lib/progress.ts';
import { pythonWith } from '../scripts/lib/python.ts';
import { coldStarts } from './cold-start.ts';
import { serveRanges } from './range-server.ts';
import { line, machine, type Result, report } from './report.ts';
import { type Measured, ours, reference, type Side } from './side.ts';
import { kernels, type Row, wholeProcesses, windowRow } from './table.ts';

/**
 * `node bench/run.ts [CASE ...]`: compares processes with shapely, rasterio and GDAL on the same data, prints ratios and,
 * when all cases ran, writes bench/results.md. BENCH_SIZE changes the size of the rasters, BENCH_REPETITIONS that of samples.
 */
const size = Number(process.env['BENCH_SIZE'] ?? 4096);
const repetitions = Number(process.env['BENCH_REPETITIONS'] ?? 5);
const directory = join(local, `bench-${size}`);
const wanted = process.argv.slice(2);

await main(async () => {
  const python = await pythonWith(oracleEnvironment);
  await makeData(python);
  const server = await serveRanges(join(directory, 'cog.tif'));
  try {
    const sections = {
      Kernels: await compare(kernels, python, server.url),
      Processes: await compare(wholeProcesses, python, server.url),
      'Ranges of a Cloud Optimized GeoTIFF': await compare([windowRow], python, server.url),
    };
    if (wanted.length > 0) return 0;
    const starts = coldStarts(repetitions);
    const about = { machine: machine(readVersions(python)), size, repetitions };
    writeFileSync(join(root, 'bench', 'results.md'), report(about, sections, starts));
    console.log('\nWrote bench/results.md');
    return 0;
  } finally {
    await server.stop();
  }
});

/** Makes the data unless they are there, made by the same program. */
async function makeData(python: string): Promise<void> {
  const program = join(root, 'bench', 'data.py');
  const madeBy = join(directory, 'made-by.py');
  const source = readFileSync(program, 'utf8');
  if (existsSync(madeBy) && readFileSync(madeBy, 'utf8') === source) return;
  mkdirSync(directory, { recursive: true });
  const make = [program, directory, String(size)];
  await step(`Making the data in ${directory}`, async () => execFileSync(python, make));
  writeFileSync(madeBy, source);
}

/** Runs each case on both sides in turn. */
async function compare(rows: readonly Row[], python: string, url: string): Promise<Result[]> {
  const results: Result[] = [];
  for (const row of rows) {
    if (wanted.length > 0 && !wanted.includes(row.name)) continue;
    const sides = [ours(directory), reference(python, directory)] as const;
    try {
      const [our, its] = await alternate(sides, row, url);
      const result = { ...row, ...our, referenceSeconds: its.seconds, referenceCpu: its.cpu };
      console.log(line(result));
      results.push(result);
    } finally {
      for (const side of sides) await side.stop();
    }
  }
  return results;
}

async function alternate(sides: readonly [Side, Side], row: Row, url: string): Promise<[Measured, Measured]> {
  const samples: [Measured, Measured][] = [];
  for (let repetition = 0; repetition <= repetitions; repetition++) {
    const corner = (shift: number) => ((repetition * 5 + shift) % (size / 512)) * 512;
    const request = { case: row.name, url, column: corner(0), row: corner(3) };
    samples.push([await sides[0].run(request), await sides[1].run(request)]);
  }
  // The first one warms up.
  const timed = samples.slice(1);
  const fewest = (side: 0 | 1, what: 'seconds' | 'cpu') => least(timed.map((pair) => pair[side][what]));
  const of = (side: 0 | 1): Measured => ({
    seconds: fewest(side, 'seconds'),
    cpu: fewest(side, 'cpu'),
    check: requirePresent(timed[0], 'The first round')[side].check,
  });
  const [our, its] = [of(0), of(1)];
  if (row.name.startsWith('kernel') && Math.abs(our.check - its.check) > 0.01 * Math.abs(its.check))
    throw new Error(`${row.name}: the results are ${our.check} and ${its.check}`);
  return [our, its];
}

function readVersions(python: string): string {
  const pinned = readFileSync(join(root, 'test', 'oracle', 'requirements.txt'), 'utf8');
  const version = (name: string) => new RegExp(`^${name}==(.*)$`, 'm').exec(pinned)?.[1];
  const script = 'import rasterio, shapely; print(rasterio.__gdal_version__, shapely.geos_version_string)';
  const [gdal, geos] = execFileSync(python, ['-c', script]).toString().trim().split(' ');
  return `GDAL ${gdal}, GEOS ${geos}, shapely ${version('shapely')}, rasterio ${version('rasterio')}, geopandas ${version('geopandas')}, pyproj ${version('pyproj')}`;
}
