import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { paginateGetExecutionHistory, paginateListStateMachines, SFNClient } from '@aws-sdk/client-sfn';
import { MediaType } from '../../core/shared/uris.ts';
import { writeRaster } from '../../geo/raster/formats/write-raster.ts';
import { crsFrom } from '../support/crs.ts';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { findProcesses, withConfiguration, workerName } from './support/workers.ts';

/** Rasters that are too large for one worker, which takes very few pixels here. */
const { call, get, remove, start, waitFor, baseUrl } = serviceFromEnvironment();
const sfn = new SFNClient({});
const s3 = new S3Client({ forcePathStyle: true });
const raster = await workerName('raster');

const PART = 512;
/** So many pixels that a part has one row of tiles. */
const tiny = (width: number) => ({ variables: { DIVIDE_ABOVE: String(4 * PART * width) } });

/** A terrain as GeoTIFF. */
async function terrain(width: number, height: number): Promise<Uint8Array> {
  const values = Float32Array.from(
    { length: width * height },
    (_, index) => 300 * Math.sin((index % width) / 17) * Math.cos(index / width / 31) + (index % 7),
  );
  const content = {
    width,
    height,
    transform: [5.1, 1 / 3600, 0, 53.2, 0, -1 / 3600],
    crs: crsFrom('EPSG:4326'),
    dataType: 'float32',
    bands: [values],
  } as const;
  return (await writeRaster(content, MediaType.geotiff)).bytes;
}

/** A picture in three bands without nodata, as GeoTIFF. */
async function picture(width: number, height: number): Promise<Uint8Array> {
  const bands = [3, 5, 7].map((step) =>
    Uint8Array.from({ length: width * height }, (_, index) => (index * step + (index >> 9)) % 256),
  );
  const content = {
    width,
    height,
    transform: [500_000, 10, 0, 5_300_000, 0, -10],
    crs: crsFrom('EPSG:32632'),
    dataType: 'uint8',
    bands,
  } as const;
  return (await writeRaster(content, MediaType.geotiff)).bytes;
}

/** Uploads a file. @returns its address as an input */
async function upload(bytes: Uint8Array): Promise<{ readonly href: string }> {
  const body = { mediaType: MediaType.geotiff, size: bytes.length };
  const { json } = await call('/uploads', { method: 'POST', body });
  const { method, href, headers } = json.upload;
  const sent = await fetch(href, { method, headers, body: new Uint8Array(bytes) });
  assert.equal(sent.status, 200);
  return { href: json.href };
}

async function resultOf(jobID: string): Promise<Uint8Array> {
  const response = await fetch(`${baseUrl}/jobs/${jobID}/results/result`);
  assert.equal(response.status, 200);
  return new Uint8Array(await response.arrayBuffer());
}

/** Keys of the objects of a job. */
async function objectsOf(jobID: string): Promise<string[]> {
  const lambda = new LambdaClient({});
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: raster }));
  const keys: string[] = [];
  const where = { Bucket: Environment?.Variables?.['BUCKET'], Prefix: `jobs/${jobID}/` };
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, where))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys.map((key) => key.slice(where.Prefix.length)).sort();
}

/** Waits until a job has no other objects than these. */
async function leaves(jobID: string, keys: readonly string[]): Promise<void> {
  for (const end = Date.now() + 30_000; ; ) {
    const found = await objectsOf(jobID);
    if (JSON.stringify(found) === JSON.stringify(keys)) return;
    assert.ok(Date.now() < end, `left: ${found.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Names of the states that the execution of a job went through. */
async function statesOf(jobID: string): Promise<string[]> {
  for await (const { stateMachines = [] } of paginateListStateMachines({ client: sfn }, {})) {
    const [machine] = stateMachines;
    if (!machine?.stateMachineArn) continue;
    const executionArn = `${machine.stateMachineArn.replace(':stateMachine:', ':execution:')}:${jobID}`;
    const names: string[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn }))
      names.push(...events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []));
    return names;
  }
  throw new Error('No state machine is deployed');
}

/** All that a job has been seen to say until it ended. */
async function messagesOf(jobID: string): Promise<string[]> {
  const seen = new Set<string>();
  for (;;) {
    const { status, message } = (await get(`/jobs/${jobID}`)).json;
    seen.add(message);
    if (ended.includes(status)) return [...seen];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const ended = ['successful', 'failed', 'dismissed'];

describe('a job on a raster that is too large for one worker', { concurrency: 1 }, () => {
  test('has, put together from nine parts, the same bytes as the result of one worker', async () => {
    const [width, height] = [1100, 8 * PART + 77];
    const inputs = { raster: await upload(await terrain(width, height)), computeEdges: true };
    const alone = await start('hillshade', { inputs });
    assert.equal((await waitFor(alone, ended)).status, 'successful');
    assert.ok((await statesOf(alone)).length <= 3, String(await statesOf(alone)));

    await withConfiguration(raster, tiny(width), async () => {
      const jobID = await start('hillshade', { inputs });
      const messages = await messagesOf(jobID);
      const job = await waitFor(jobID, ended);
      assert.deepEqual([job.status, job.progress], ['successful', 100], JSON.stringify(job));
      assert.ok(
        messages.some((message) => /^\d of 9 parts done$/.test(message)),
        messages.join(),
      );
      assert.equal(Buffer.compare(await resultOf(jobID), await resultOf(alone)), 0);
      await leaves(jobID, ['outputs/result.tif', 'request.json', 'results.json']);
    });
  });

  test('has, warped and clipped, the same bytes with their masks', async () => {
    const [width, height] = [400, 3 * PART];
    const source = await upload(await picture(width, height));
    const corners = [
      [500_100, 5_299_000],
      [503_900, 5_299_500],
      [502_000, 5_285_500],
      [500_100, 5_299_000],
    ];
    const features = {
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32632' } },
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [corners] } }],
    };
    const requests = [
      ['reproject-raster', { raster: source, targetCrs: 'EPSG:3035', resampling: 'bilinear' }],
      ['clip-raster', { raster: source, features }],
      ['mosaic', { rasters: [source, source] }],
    ] as const;
    const run = async (divided: boolean) => {
      const found: Uint8Array[] = [];
      for (const [processID, inputs] of requests) {
        const jobID = await start(processID, { inputs });
        const messages = await messagesOf(jobID);
        const job = await waitFor(jobID, ended);
        assert.equal(job.status, 'successful', JSON.stringify(job));
        const wasDivided = messages.some((message) => /^\d of \d parts done$/.test(message));
        assert.equal(wasDivided, divided, `${processID}: ${messages.join()}`);
        found.push(await resultOf(jobID));
      }
      return found;
    };
    const alone = await run(false);
    await withConfiguration(raster, tiny(width), async () => {
      for (const [index, bytes] of (await run(true)).entries())
        assert.equal(Buffer.compare(bytes, alone[index] ?? new Uint8Array()), 0, requests[index]?.[0]);
    });
  });

  test('has the statistics that one worker finds, in two rounds of parts', async () => {
    const width = 600;
    const source = await upload(await terrain(width, 3 * PART));
    const corners = [
      [5.11, 53.19],
      [5.2, 52.9],
      [5.25, 53.1],
      [5.11, 53.19],
    ];
    const zone = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [corners] } };
    const features = { type: 'FeatureCollection', features: [zone] };
    const requests = [
      ['raster-statistics', { raster: source, percentiles: [5], histogramBins: 9 }],
      ['zonal-statistics', { raster: source, features, statistics: ['sum', 'variance', 'median'] }],
    ] as const;
    const texts = async () => {
      const found: string[] = [];
      for (const [processID, inputs] of requests) {
        const jobID = await start(processID, { inputs });
        const job = await waitFor(jobID, ended);
        assert.equal(job.status, 'successful', JSON.stringify(job));
        found.push(Buffer.from(await resultOf(jobID)).toString());
      }
      return found;
    };
    const alone = await texts();
    await withConfiguration(raster, tiny(width), async () => assert.deepEqual(await texts(), alone));
  });

  test('is dismissed in the middle: it stays so, and all parts stop and leave nothing', async () => {
    const width = 300;
    const inputs = { raster: await upload(await terrain(width, 60 * PART)) };
    await withConfiguration(raster, tiny(width), async () => {
      const jobID = await start('hillshade', { inputs });
      for (const end = Date.now() + 60_000; !(await objectsOf(jobID)).includes('parts/0/1.log'); )
        assert.ok(Date.now() < end, 'no part was done');
      assert.equal((await remove(`/jobs/${jobID}`)).status, 200);
      await leaves(jobID, []);
      assert.equal((await waitFor(jobID, ended)).status, 'dismissed');
      // Parts that come now find nothing to do.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      await leaves(jobID, []);
    });
  });

  test('fails with the reason of the part that cannot be read', async () => {
    const width = 300;
    const bytes = await terrain(width, 8 * PART);
    bytes.fill(0xff, Math.floor(bytes.length * 0.6), Math.floor(bytes.length * 0.6) + 2000);
    const inputs = { raster: await upload(bytes) };
    await withConfiguration(raster, tiny(width), async () => {
      const jobID = await start('hillshade', { inputs });
      const job = await waitFor(jobID, ended);
      assert.deepEqual([job.status, job.exception?.status], ['failed', 400], JSON.stringify(job));
      assert.match(job.exception.detail, /^\/inputs\/raster: /);
      await leaves(jobID, ['request.json']);
    });
  });

  test('of which a worker is killed in a part has that part done again, and fails where they are killed on and on', async () => {
    const width = 300;
    const inputs = { raster: await upload(await terrain(width, 60 * PART)) };
    // Those that wait for other jobs stay: LocalStack gives the next one to a process that is gone.
    const others = findProcesses(raster);
    const killWorkers = (most = Infinity) => {
      const own = findProcesses(raster).filter((pid) => !others.includes(pid));
      for (const pid of own.slice(0, most)) process.kill(pid, 'SIGKILL');
    };
    await withConfiguration(raster, tiny(width), async () => {
      const jobID = await start('hillshade', { inputs });
      for (const end = Date.now() + 60_000; !(await objectsOf(jobID)).includes('parts/0/1.log'); )
        assert.ok(Date.now() < end, 'no part was done');
      // One: where several are gone, the same part may get one after the other.
      killWorkers(1);
      const job = await waitFor(jobID, ended, 120);
      assert.equal(job.status, 'successful', JSON.stringify(job));

      const lost = await start('hillshade', { inputs });
      for (const end = Date.now() + 60_000; ; ) {
        const { status } = (await get(`/jobs/${lost}`)).json;
        if (ended.includes(status)) break;
        assert.ok(Date.now() < end, 'the job does not end');
        if ((await objectsOf(lost)).includes('parts/0/1.log')) killWorkers();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const { status, exception } = await waitFor(lost, ended);
      assert.equal(status, 'failed');
      // What kills a worker is not always told: AWS and LocalStack say the same of one that had too little memory.
      assert.match(
        `${exception.status} ${exception.detail}`,
        /^(500 .*ended unexpectedly|413 .*more memory)/,
      );
    });
  });
});
