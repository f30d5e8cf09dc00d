import assert from 'node:assert/strict';
import { mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { MediaType } from '../../core/shared/uris.ts';
import { openRaster } from '../../geo/raster/formats/open-raster.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { computeTerrain } from '../../geo/raster/terrain/surface.ts';
import { type Moments, meanFrom, sumFrom, varianceFrom } from '../../geo/statistics/moments.ts';
import { openBytes, rasterContext } from '../geo/raster/formats/support.ts';
import { findProcesses, workerName } from '../integration/support/workers.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { BigTerrain, writeTerrain } from './support/big-raster.ts';
import { watchMemory } from './support/peak-memory.ts';

/** Pixels of a side: 32768 of them make a gigapixel. */
const SIZE = Number(process.env['GIGAPIXEL_SIZE'] ?? 32_768);
const HOURS = 2 * 3600;

const { call, get, remove, start, baseUrl } = serviceFromEnvironment();
const raster = await workerName('raster');
const { Environment, MemorySize = 0 } = await new LambdaClient({}).send(
  new GetFunctionConfigurationCommand({ FunctionName: raster }),
);
const s3 = new S3Client({ forcePathStyle: true });

async function objectsOf(jobID: string): Promise<string[]> {
  const keys: string[] = [];
  const where = { Bucket: Environment?.Variables?.['BUCKET'], Prefix: `jobs/${jobID}/` };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, where))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys.map((key) => key.slice(where.Prefix.length)).sort();
}

/** Waits for a job, and notes what it says of its parts. @param each what is done at each look */
async function follow(jobID: string, each: (done: number) => void = () => undefined) {
  const said: string[] = [];
  for (const end = Date.now() + HOURS * 1000; ; await sleep(1000)) {
    const { json: job } = await get(`/jobs/${jobID}`);
    if (job.message !== said.at(-1)) said.push(job.message);
    each(Number(/^(\d+) of \d+ parts/.exec(job.message ?? '')?.[1] ?? 0));
    if (!['accepted', 'running'].includes(job.status)) return { job, said };
    assert.ok(Date.now() < end, 'the job does not end');
  }
}

describe(`a raster of ${SIZE} by ${SIZE} pixels`, { concurrency: 1, timeout: HOURS * 1000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'gigapixel-'));
  const terrain = new BigTerrain(SIZE);
  const memory = watchMemory(raster);
  let moments: Moments;
  let source: { readonly href: string };

  before(async () => {
    const written = await writeTerrain(terrain, directory);
    ({ moments } = written);
    const file = await openAsBlob(written.path);
    const { json } = await call('/uploads', {
      method: 'POST',
      body: { mediaType: MediaType.geotiff, size: file.size },
    });
    const { method, href, headers } = json.upload;
    assert.equal((await fetch(href, { method, headers, body: file })).status, 200);
    source = { href: json.href };
    console.log(`The file has ${file.size} bytes.`);
  });

  after(() => {
    memory.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is shaded in parts, one of which loses its worker', async () => {
    const began = Date.now();
    const jobID = await start('hillshade', { inputs: { raster: source } });
    let killed = 0;
    const { job, said } = await follow(jobID, (done) => {
      if (done === 0 || killed > 0) return;
      const [pid] = findProcesses(raster);
      if (pid === undefined) return;
      process.kill(pid, 'SIGKILL');
      killed = pid;
    });
    assert.equal(job.status, 'successful', JSON.stringify(job));
    assert.ok(killed > 0, 'no worker was killed');
    const parts = said.filter((message) => / of \d+ parts done$/.test(message));
    assert.ok(parts.length > 2, said.join('; '));
    assert.deepEqual(await objectsOf(jobID), ['outputs/result.tif', 'request.json', 'results.json']);
    console.log(`Hillshade took ${Math.round((Date.now() - began) / 1000)} s; ${parts.at(-1)}`);

    const shades = await openRaster(urlSource(`${baseUrl}/jobs/${jobID}/results/result`), rasterContext());
    assert.deepEqual([shades.width, shades.height], [SIZE, SIZE]);
    // Around corners of tiles, some of which are borders of parts.
    for (let row = 512; row < SIZE; row += 512 * Math.max(1, Math.floor(SIZE / 512 / 9))) {
      const place = { column: 1020, row: row - 8, width: 24, height: 16 };
      assert.deepEqual(await shades.read(1, place), await expectedShades(place), `row ${row}`);
    }
  });

  /** The shades of a window, computed from the window and a pixel around it. */
  async function expectedShades({
    column,
    row,
    width,
    height,
  }: Record<'column' | 'row' | 'width' | 'height', number>) {
    const [left, top, across, down] = [column - 1, row - 1, width + 2, height + 2];
    const samples = Int16Array.from({ length: across * down }, (_, index) =>
      terrain.value(left + (index % across), top + Math.floor(index / across)),
    );
    const [x, , , y] = terrain.grid.transform;
    const transform = [x + 10 * left, 10, 0, y - 10 * top, 0, -10] as const;
    const small = { ...terrain.grid, width: across, height: down, transform, bands: [samples] };
    const opened = await openBytes((await writeRaster(small, MediaType.geotiff)).bytes);
    const light = { azimuth: 315, altitude: 45, zFactor: 1 };
    const kernel = { name: 'hillshade', algorithm: 'horn', light } as const;
    const result = { dataType: 'uint8', nodata: 0 } as const;
    const { bands } = await computeTerrain(
      opened,
      { band: 1, computeEdges: false },
      kernel,
      result,
      rasterContext(),
    );
    const inner = new Uint8Array(width * height);
    for (let index = 0; index < inner.length; index++)
      inner[index] = bands[0]?.[(1 + Math.floor(index / width)) * across + 1 + (index % width)] ?? 0;
    return inner;
  }

  test('has statistics of zones, of which one is all of it', async () => {
    const began = Date.now();
    const { transform } = terrain.grid;
    const zone = (left: number, top: number, size: number) => {
      const [west, north] = [transform[0] + 10 * left, transform[3] - 10 * top];
      const [east, south] = [west + 10 * size, north - 10 * size];
      const ring = [
        [west, north],
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ];
      return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
    };
    const features = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32631' } },
      features: [zone(0, 0, SIZE), zone(100, 500, 30)],
    };
    const statistics = ['count', 'sum', 'min', 'max', 'mean', 'variance', 'unique'];
    const jobID = await start('zonal-statistics', { inputs: { features, raster: source, statistics } });
    const { job } = await follow(jobID);
    assert.equal(job.status, 'successful', JSON.stringify(job));
    const response = await fetch(`${baseUrl}/jobs/${jobID}/results/result`);
    const result = (await response.json()) as { features: { properties: Record<string, number> }[] };
    const [whole = {}, part = {}] = result.features.map(({ properties }) => properties);
    const { unique, ...others } = whole;
    assert.deepEqual(others, {
      count: SIZE * SIZE,
      sum: sumFrom(moments),
      min: moments.min,
      max: moments.max,
      mean: meanFrom(moments),
      variance: varianceFrom(moments),
    });
    assert.ok(unique && unique > 1000 && unique <= moments.max - moments.min + 1);
    let sum = 0;
    for (let row = 500; row < 530; row++)
      for (let column = 100; column < 130; column++) sum += terrain.value(column, row);
    assert.deepEqual([part['count'], part['sum']], [900, sum]);
    console.log(`Statistics of zones took ${Math.round((Date.now() - began) / 1000)} s.`);
  });

  test('is dismissed in the middle, and leaves nothing', async () => {
    const jobID = await start('hillshade', { inputs: { raster: source } });
    let removed = false;
    const { job } = await follow(jobID, (done) => {
      if (done === 0 || removed) return;
      removed = true;
      void remove(`/jobs/${jobID}`);
    });
    assert.equal(job.status, 'dismissed');
    for (const end = Date.now() + 120_000; (await objectsOf(jobID)).length > 0; await sleep(1000))
      assert.ok(Date.now() < end, 'parts go on');
  });

  test('took no more memory in any worker than it has', () => {
    memory.stop();
    const peaks = [...memory.peaks.values()].toSorted((one, other) => other - one);
    console.log(`Peak memory of ${peaks.length} workers, of ${MemorySize} MB each: ${peaks.join(', ')} MB.`);
    assert.ok(peaks.length > 0);
    assert.ok((peaks[0] ?? Infinity) < MemorySize);
  });
});

/** What an address leads to, read in ranges. */
function urlSource(href: string) {
  const read = async (offset: number, length: number) => {
    const range = `bytes=${offset}-${offset + length - 1}`;
    const response = await fetch(href, { headers: { Range: range } });
    return new Uint8Array(await response.arrayBuffer());
  };
  return {
    pointer: '',
    href,
    size: async () => undefined,
    read,
    bytes: () => Promise.reject(new Error('It is large')),
  };
}
