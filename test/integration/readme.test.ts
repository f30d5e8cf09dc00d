import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sampleFeatures } from '../../scripts/sample-data.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

const { baseUrl, get, remove } = serviceFromEnvironment();
const root = join(import.meta.dirname, '..', '..');
const directory = mkdtempSync(join(tmpdir(), 'readme-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What the README tells its reader to copy into a shell, in its order. */
const blocks = [
  ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/<!-- runs: main-job -->\n```sh\n(.*?)```/gs),
].map((match) => match[1]!);

/** Computed with rasterio 1.4 (`geometry_mask`, pixel centres) and numpy from the same model and counties. */
const expected = [
  { name: 'Scott', count: 25351, min: 373, max: 1015, mean: 623.784978896296 },
  { name: 'Whitley', count: 42215, min: 295, max: 852, mean: 498.5502546488215 },
  { name: 'Knox', count: 0, min: null, max: null, mean: null },
  { name: 'Campbell', count: 45219, min: 236, max: 1076, mean: 487.21214533713703 },
  { name: 'McCreary', count: 25847, min: 320, max: 956, mean: 569.7680581885712 },
] as const;

/** The lines that each block wrote. */
const written: string[][] = [];

/** Runs all blocks in one shell, as a reader would, beside a copy of the project's directory. */
before(async () => {
  for (const name of ['node_modules', 'scripts', 'test'])
    symlinkSync(join(root, name), join(directory, name));
  const MARK = 'end of block';
  const script = blocks.map((block) => `${block}\nprintf '\\n${MARK}\\n'\n`).join('');
  const shell = spawn('sh', ['-eu', '-c', script], {
    cwd: directory,
    env: { HOME: process.env['HOME'], PATH: process.env['PATH'], BASE: baseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  shell.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise((resolve) => shell.once('close', resolve));
  const output = Buffer.concat(chunks).toString();
  assert.equal(code, 0, output);
  written.push(...output.split(`\n${MARK}\n`).map((text) => text.split('\n').filter((line) => line !== '')));
});

const file = (name: string) => readFileSync(join(directory, '.local', 'example', name));
// biome-ignore lint/suspicious/noExplicitAny: whatever the service wrote
const json = (name: string): any => JSON.parse(file(name).toString());

/** West, south, east, north. */
function computeBounds(coordinates: number[]): number[] {
  const [x, y] = [0, 1].map((axis) => coordinates.filter((_, index) => index % 2 === axis)) as [
    number[],
    number[],
  ];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

describe('the main job, as the README tells it', () => {
  test('has blocks for the buffer, the file, the job, its status and its results', () => {
    assert.equal(blocks.length, 5);
    assert.equal(written.length, blocks.length + 1);
  });

  test('the buffer lies 50 km around Kenya', () => {
    assert.match(written[0]![0]!, /^\{"type":"FeatureCollection","features":\[\{/);
    const { features } = json('kenya-and-50-km.geojson');
    assert.deepEqual([features.length, features[0].properties.name, features[0].id], [1, 'Kenya', '404']);
    const inner = computeBounds(
      sampleFeatures('countries', { names: ['Kenya'] }).features[0]!.geometry.coordinates.flat(3) as number[],
    );
    const outer = computeBounds(features[0].geometry.coordinates.flat(3));
    // Near the equator a degree is 110.6 km of latitude and 111.3 km of longitude.
    for (const [index, sign] of [-1, -1, 1, 1].entries()) {
      const grown = sign * (outer[index]! - inner[index]!) * 111;
      assert.ok(grown > 49 && grown < 51, `edge ${index} grew by ${grown} km`);
    }
  });

  test('the file is FlatGeobuf', unlessBroken('wildcardBinaryTypes'), () => {
    assert.equal(file('kenya-and-50-km.fgb').subarray(0, 4).toString('hex'), '66676203');
  });

  test('the job is found at the address that was given, and ends well', async () => {
    const [address] = written[2]!;
    assert.ok(address?.startsWith(`${baseUrl}/jobs/`), address);
    assert.deepEqual(written[3], ['successful']);
    assert.equal((await get(address!)).json.processID, 'zonal-statistics');
  });

  test('the counties have the elevations that rasterio and numpy find', () => {
    const { features } = json('elevation-of-counties.geojson');
    assert.deepEqual(
      written[4]!.map((line) => JSON.parse(line)),
      features.map(({ properties }: { properties: unknown }) => properties),
    );
    assert.equal(features.length, expected.length);
    for (const [index, { mean, ...exact }] of expected.entries()) {
      const { mean: found, ...rest } = features[index].properties;
      assert.deepEqual(rest, exact);
      if (mean === null) assert.equal(found, null);
      else assert.ok(Math.abs(found - mean) < 1e-6 * mean, `${exact.name}: ${found} instead of ${mean}`);
    }
    // The counties border on each other and cover the model.
    assert.equal(
      expected.reduce((sum, { count }) => sum + count, 0),
      403 * 344,
    );
  });

  test('the README shows what was answered', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const { name, count } of expected)
      assert.ok(readme.includes(`{"name":"${name}","count":${count},`), name);
  });

  test('what the README says last removes the job', async () => {
    const [address] = written[2]!;
    assert.equal((await remove(address!)).status, 200);
    assert.ok([404, 410].includes((await get(address!)).status));
  });
});
