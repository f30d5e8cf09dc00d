import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { least } from '../core/shared/arrays.ts';
import { requirePresent } from '../core/shared/require-present.ts';
import { oracleEnvironment } from '../scripts/lib/oracle.ts';
import { local, root } from '../scripts/lib/paths.ts';
import { step } from '../scripts/lib/progress.ts';
import { pythonWith } from '../scripts/lib/python.ts';
import { coldStarts } from './cold-start.ts';
import { allRows, type CaseResult, type KernelResults } from './kernel-results.ts';
import { serveRanges } from './range-server.ts';
import { line } from './report.ts';
import { describeMachine, describeNoise, today } from './results-files.ts';
import { type Measured, ours, reference, type Side } from './side.ts';
import type { Row } from './table.ts';

/** Pixels of a side of the rasters. */
const size = Number(process.env['BENCH_SIZE'] ?? 4096);
/** How often each side does a case at most, after the first time, and at least where it takes less than so many seconds of both. */
const repetitions = Number(process.env['BENCH_REPETITIONS'] ?? 5);
const [LEAST_REPETITIONS, LONG_SECONDS] = [2, 2];
/** Seconds of a case after which it is not repeated again. */
const caseSeconds = Number(process.env['BENCH_SECONDS'] ?? 3);
const ENGINE_STARTS = 3;

/** Where the data of both sides are. */
const directory = join(local, `bench-${size}`);

/**
 * Compares our computations with shapely, rasterio and GDAL on the same data.
 *
 * @param wanted names of cases; all of them, and how engines start, where there are none
 * @param earlier results that are kept where they are of the same machine and data, until they are measured anew
 * @param save is told all results after each case
 */
export async function compareKernels(
  wanted: readonly string[],
  earlier: KernelResults | undefined,
  save: (results: KernelResults) => void,
): Promise<void> {
  const python = await pythonWith(oracleEnvironment);
  const data = await prepareData(python);
  const machine = `${describeMachine()}; ${readVersions(python)}${describeNoise()}`;
  const isSame = earlier?.size === size && hardware(earlier.machine) === hardware(machine);
  let results: KernelResults = { cases: {}, engines: [], ...(isSame ? earlier : {}), machine, size };
  const server = await serveRanges(join(data, 'cog.tif'));
  try {
    for (const row of allRows) {
      if (wanted.length > 0 && !wanted.includes(row.name)) continue;
      const result = await compareCase(row, python, server.url);
      console.log(line(row, result));
      results = { ...results, cases: { ...results.cases, [row.name]: result } };
      save(results);
    }
    if (wanted.length === 0) save({ ...results, engines: coldStarts(ENGINE_STARTS) });
  } finally {
    await server.stop();
  }
}

const hardware = (machine: string): string => machine.split(';')[0] ?? '';

/** Makes the data unless they are there, made by the same program. @returns their directory */
export async function prepareData(python: string): Promise<string> {
  const program = join(root, 'bench', 'data.py');
  const madeBy = join(directory, 'made-by.py');
  const source = readFileSync(program, 'utf8');
  if (existsSync(madeBy) && readFileSync(madeBy, 'utf8') === source) return directory;
  mkdirSync(directory, { recursive: true });
  const make = [program, directory, String(size)];
  await step(`Making the data in ${directory}`, async () => execFileSync(python, make));
  writeFileSync(madeBy, source);
  return directory;
}

/** Runs a case on both sides in turn. */
async function compareCase(row: Row, python: string, url: string): Promise<CaseResult> {
  const sides = [ours(directory), reference(python, directory)] as const;
  try {
    return await alternate(sides, row, url);
  } finally {
    for (const side of sides) await side.stop();
  }
}

/** What a side is asked: windows are of another place each time. */
export function askFor(row: Row, repetition: number, url: string): object {
  const corner = (shift: number) => ((repetition * 5 + shift) % (size / 512)) * 512;
  return { case: row.name, url, column: corner(0), row: corner(3) };
}

async function alternate(sides: readonly [Side, Side], row: Row, url: string): Promise<CaseResult> {
  const sample = async (repetition: number): Promise<readonly [Measured, Measured]> => {
    const request = askFor(row, repetition, url);
    return [await sides[0].run(request), await sides[1].run(request)];
  };
  const [first, itsFirst] = await sample(0);
  if (
    row.name.startsWith('kernel') &&
    Math.abs(first.check - itsFirst.check) > 0.01 * Math.abs(itsFirst.check)
  )
    throw new Error(`${row.name}: the results are ${first.check} and ${itsFirst.check}`);
  const timed: (readonly [Measured, Measured])[] = [];
  const end = performance.now() + caseSeconds * 1000;
  const atLeast = first.seconds + itsFirst.seconds > LONG_SECONDS ? 1 : LEAST_REPETITIONS;
  while (timed.length < atLeast || (timed.length < repetitions && performance.now() < end))
    timed.push(await sample(timed.length + 1));
  const fewest = (side: 0 | 1, what: 'seconds' | 'cpu') => least(timed.map((pair) => pair[side][what]));
  return {
    seconds: fewest(0, 'seconds'),
    referenceSeconds: fewest(1, 'seconds'),
    cpu: fewest(0, 'cpu'),
    referenceCpu: fewest(1, 'cpu'),
    repetitions: timed.length,
    on: today(),
  };
}

function readVersions(python: string): string {
  const pinned = readFileSync(join(root, 'test', 'oracle', 'requirements.txt'), 'utf8');
  const version = (name: string) =>
    requirePresent(new RegExp(`^${name}==(.*)$`, 'm').exec(pinned)?.[1], name);
  const script = 'import rasterio, shapely; print(rasterio.__gdal_version__, shapely.geos_version_string)';
  const [gdal, geos] = execFileSync(python, ['-c', script]).toString().trim().split(' ');
  return `GDAL ${gdal}, GEOS ${geos}, shapely ${version('shapely')}, rasterio ${version('rasterio')}, geopandas ${version('geopandas')}, pyproj ${version('pyproj')}`;
}
