import assert from 'node:assert/strict';
import { after, before, describe, it, mock, type TestContext } from 'node:test';
import type { ResultManifest } from '../../../core/execution/manifest.ts';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import type { PartTask } from '../../../core/execution/worker-task.ts';
import { type Job, jobKeys } from '../../../core/jobs/job.ts';
import { classLimits } from '../../../core/processes/define.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { uploadKey } from '../../../core/uploads/upload.ts';
import type { Worker } from '../../../functions/worker/execute.ts';
import { work } from '../../../functions/worker/worker.ts';
import { helperThreads } from '../../../geo/parallel/helper-threads.ts';
import { writeRaster } from '../../../geo/raster/formats/write-raster.ts';
import { processes } from '../../../processes/index.ts';
import { crsFrom } from '../../support/crs.ts';
import { type MemoryPorts, memoryPorts } from '../../support/memory/ports.ts';
import { BASE_URL, jobID, NOW, storedJob } from './support/job-worker.ts';

// Each task has a line in the log of the operator.
before(() => {
  mock.method(console, 'info', () => undefined);
});

after(async () => {
  mock.restoreAll();
  await helperThreads.end();
});

const WIDTH = 40;
const HEIGHT = 2300;
const uploadID = '6f0f8d3e-2f7a-4f3c-8f43-0d1a4a0f2b11';
const AN_HOUR = () => 3_600_000;

/** Hills in degrees, where the ground of each row differs. */
async function hills(): Promise<Uint8Array> {
  const values = Float32Array.from(
    { length: WIDTH * HEIGHT },
    (_, index) => 100 * Math.sin((index % WIDTH) / 7) * Math.cos(index / WIDTH / 11),
  );
  const { bytes } = await writeRaster(
    {
      width: WIDTH,
      height: HEIGHT,
      transform: [5.1, 1 / 1200, 0, 52.3, 0, -1 / 1200],
      crs: crsFrom('EPSG:4326'),
      dataType: 'float32',
      bands: [values],
    },
    MediaType.geotiff,
  );
  return bytes;
}

interface Options {
  readonly divideAbove?: number;
  readonly processID?: string;
  readonly body?: object;
}

/** A worker with an accepted job on a raster that was uploaded. */
async function withJob({ divideAbove = 4 * 512 * WIDTH - 1, processID = 'hillshade', body }: Options = {}) {
  const ports = memoryPorts({ now: NOW, settings: divideAbove > 0 ? { divideAbove } : {} });
  const process = processes.find(({ id }) => id === processID);
  assert.ok(process);
  await ports.storage.put(uploadKey('public', uploadID), await hills(), MediaType.geotiff);
  const raster = { href: `${BASE_URL}/uploads/${uploadID}` };
  const parsed = parseExecuteRequest(body ?? { inputs: { raster, computeEdges: true } }, process);
  const { inputs: _, ...request } = parsed;
  const job: Job = {
    jobID,
    owner: 'public',
    processID,
    status: 'accepted',
    created: NOW,
    updated: NOW,
    request,
    baseUrl: BASE_URL,
    expires: Date.parse(NOW) / 1000 + 86_400,
  };
  await ports.storage.put(jobKeys.request(jobID), JSON.stringify(parsed), MediaType.json);
  await ports.jobs.create(job);
  const { runs } = await import('../../../functions/worker/runs/raster.ts');
  return { ports, worker: { processes, runs, ports } satisfies Worker };
}

const run = async (worker: Worker) =>
  (await work(worker, { kind: 'job', jobID }, AN_HOUR)) as {
    readonly status: string;
    readonly fanOut: readonly { readonly key: string; readonly count: number }[];
  };

const listParts = (ports: MemoryPorts) => ports.storage.json(jobKeys.partList(jobID)) as PartTask[];
const assemble = (worker: Worker, count: number) => work(worker, { kind: 'assemble', jobID, count }, AN_HOUR);

/** The bytes of the result of a job. */
function result(ports: MemoryPorts): Uint8Array {
  const { outputs } = ports.storage.json(jobKeys.results(jobID)) as ResultManifest;
  const [{ key, content, size } = { size: 0 }] = outputs;
  const bytes = key ? ports.storage.objects.get(key)?.body : Buffer.from(content as string, 'base64');
  assert.equal(bytes?.length, size);
  return bytes ?? new Uint8Array();
}

const mute = (test: TestContext, level: 'error' | 'warn') =>
  test.mock.method(console, level, () => undefined);

describe('a job on a raster that is too large for one worker', () => {
  for (const processID of processes.filter(({ parts }) => parts).map(({ id }) => id))
    it(`${processID}: parts in any order make the same file as one worker, and leave nothing`, async () => {
      const { ports, worker } = await withJob({ processID });
      const { status, fanOut } = await run(worker);
      assert.deepEqual([status, fanOut], ['running', [{ jobID, key: jobKeys.partList(jobID), count: 5 }]]);
      const tasks = listParts(ports);
      assert.deepEqual(
        tasks.map(({ first, end }) => [first, end]),
        [0, 512, 1024, 1536, 2048].map((first) => [first, Math.min(HEIGHT, first + 512)]),
      );
      for (const [done, part] of [3, 0, 4, 2, 1].entries()) {
        const task = tasks[part];
        assert.ok(task);
        assert.deepEqual(await work(worker, task, AN_HOUR), { jobID, status: 'running' });
        const { progress, message } = await storedJob(ports);
        assert.deepEqual(
          [progress, message],
          [Math.min(99, (done + 1) * 20), `${done + 1} of 5 parts are done`],
        );
      }
      // A part that is tried again is the same.
      await work(worker, tasks[2] as PartTask, AN_HOUR);
      assert.deepEqual(await assemble(worker, 5), { jobID, status: 'successful' });
      assert.deepEqual((await storedJob(ports)).progress, 100);
      assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);

      const alone = await withJob({ processID, divideAbove: 0 });
      assert.deepEqual(await run(alone.worker), { jobID, status: 'successful', fanOut: [] });
      assert.equal(Buffer.compare(result(ports), result(alone.ports)), 0);
    });

  it('is dismissed: the parts that run stop, those that come find nothing to do, and nothing is left', async () => {
    const { ports, worker } = await withJob();
    await run(worker);
    const [first, second] = listParts(ports) as [PartTask, PartTask];
    await work(worker, first, AN_HOUR);
    const put = ports.storage.put.bind(ports.storage);
    ports.storage.put = async (key, ...rest) => {
      await put(key, ...rest);
      if (key !== jobKeys.part(jobID, 1)) return;
      await ports.jobs.change(jobID, { to: 'dismissed', at: NOW });
    };
    assert.deepEqual(await work(worker, second, AN_HOUR), { jobID, status: 'dismissed' });
    assert.deepEqual(ports.storage.keys(jobKeys.prefix(jobID)), []);
    assert.deepEqual(await work(worker, first, AN_HOUR), { jobID, status: 'dismissed' });
    assert.deepEqual(await assemble(worker, 5), { jobID, status: 'dismissed' });
    assert.deepEqual(ports.storage.keys(jobKeys.prefix(jobID)), []);
  });

  it('fails with the reason of the part that fails, whatever the others do, and leaves no parts', async () => {
    const { ports, worker } = await withJob();
    await run(worker);
    const tasks = listParts(ports) as [PartTask, PartTask, PartTask];
    await work(worker, tasks[0], AN_HOUR);
    const failing: Worker = {
      ...worker,
      runs: {
        hillshade: async () => ({
          run: async () => {
            throw new InvalidInput('/inputs/raster', 'is damaged there.');
          },
        }),
      },
    };
    assert.deepEqual(await work(failing, tasks[1], AN_HOUR), { jobID, status: 'failed' });
    const { status, exception } = await storedJob(ports);
    assert.deepEqual(
      [status, exception?.status, exception?.detail],
      ['failed', 400, '/inputs/raster: is damaged there.'],
    );
    assert.deepEqual(await work(worker, tasks[2], AN_HOUR), { jobID, status: 'failed' });
    assert.deepEqual(await assemble(worker, 5), { jobID, status: 'failed' });
    assert.deepEqual(ports.storage.keys(jobKeys.prefix(jobID)), [jobKeys.request(jobID)]);
    assert.equal((await storedJob(ports)).exception?.detail, '/inputs/raster: is damaged there.');
  });

  it('fails where a part is missing when they are put together', async (test) => {
    mute(test, 'error');
    const { ports, worker } = await withJob();
    await run(worker);
    const [first] = listParts(ports) as [PartTask];
    await work(worker, first, AN_HOUR);
    assert.deepEqual(await assemble(worker, 5), { jobID, status: 'failed' });
    assert.equal((await storedJob(ports)).exception?.status, 500);
    assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);
  });

  it('leaves its parts to the sweep where they cannot be deleted', async (test) => {
    mute(test, 'warn');
    const { ports, worker } = await withJob();
    await run(worker);
    for (const task of listParts(ports)) await work(worker, task, AN_HOUR);
    const failing = test.mock.method(ports.storage, 'removeAll', () =>
      Promise.reject(new Error('Slow Down')),
    );
    assert.deepEqual(await assemble(worker, 5), { jobID, status: 'successful' });
    failing.mock.restore();
    assert.ok(ports.storage.keys(jobKeys.parts(jobID)).length > 0);
    ports.clock.advance(3600);
    const { sweepJobs } = await import('../../../functions/events/sweep-jobs.ts');
    await sweepJobs(ports);
    assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);
    assert.ok(result(ports).length > 0);
  });

  it('tells the warnings of its parts once', async () => {
    const { ports, worker } = await withJob();
    await run(worker);
    const warning: Worker = {
      ...worker,
      runs: {
        hillshade: async () => {
          const real = (await worker.runs['hillshade']?.()) ?? assert.fail();
          return {
            run: (inputs, context) => {
              context.warn('The same everywhere.', { input: '/inputs/raster' });
              return real.run(inputs, context);
            },
          };
        },
      },
    };
    for (const task of listParts(ports)) await work(warning, task, AN_HOUR);
    await assemble(warning, 5);
    const { warnings, message } = await storedJob(ports);
    assert.deepEqual([warnings, message], [1, 'Finished, with 1 warning']);
    const { logs } = ports.storage.json(jobKeys.log(jobID)) as { logs: { message: string; count: number }[] };
    assert.deepEqual(
      logs.map(({ message: text, count }) => [text, count]),
      [['The same everywhere.', 5]],
    );
  });
});

describe('a job is run by one worker', () => {
  const raster = { href: `${BASE_URL}/uploads/${uploadID}` };

  it('where no job is divided: what is too large is refused', async () => {
    const { ports, worker } = await withJob({ divideAbove: 0 });
    const small = { ...worker, processes: withPixels(1000) };
    assert.deepEqual(await run(small), { jobID, status: 'failed', fanOut: [] });
    assert.equal((await storedJob(ports)).exception?.status, 413);
  });

  it('where its result is no GeoTIFF, as a picture is of all pixels', async () => {
    const outputs = { result: { format: { mediaType: 'image/png' } } };
    const { worker } = await withJob({ body: { inputs: { raster }, outputs } });
    assert.deepEqual(await run(worker), { jobID, status: 'successful', fanOut: [] });
  });

  it('where its process says nothing of parts', async () => {
    const classes = [{ newValue: 1 }];
    const { worker } = await withJob({ processID: 'reclassify', body: { inputs: { raster, classes } } });
    assert.deepEqual(await run(worker), { jobID, status: 'successful', fanOut: [] });
  });

  it('or refused, where a part alone would be too large', async () => {
    const { ports, worker } = await withJob();
    const small = { ...worker, processes: withPixels(WIDTH * 100) };
    assert.deepEqual(await run(small), { jobID, status: 'failed', fanOut: [] });
    const { exception } = await storedJob(ports);
    assert.equal(exception?.status, 413);
    assert.match(
      exception?.detail ?? '',
      /40 by 2300 pixels. A part of it would have 20560 pixels; a worker takes up to 4000/,
    );
    assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);
  });
});

const withPixels = (pixels: number) =>
  processes.map((process) => ({ ...process, limits: { ...classLimits.raster, pixels } }));
