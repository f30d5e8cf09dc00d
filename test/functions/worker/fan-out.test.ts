import assert from 'node:assert/strict';
import { after, before, describe, it, mock, type TestContext } from 'node:test';
import { plainPart } from '../../../core/cost/job-usage.ts';
import type { ResultManifest } from '../../../core/execution/manifest.ts';
import { parseExecuteRequest } from '../../../core/execution/parse.ts';
import type { PartTask } from '../../../core/execution/worker-task.ts';
import { type Job, jobKeys } from '../../../core/jobs/job.ts';
import type { StoredLog } from '../../../core/jobs/log.ts';
import { classLimits } from '../../../core/processes/define.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { MediaType } from '../../../core/shared/uris.ts';
import { uploadKey } from '../../../core/uploads/upload.ts';
import { newUsageEntry } from '../../../core/usage/usage-entry.ts';
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
async function hills(height: number): Promise<Uint8Array> {
  const values = Float32Array.from(
    { length: WIDTH * height },
    (_, index) => 100 * Math.sin((index % WIDTH) / 7) * Math.cos(index / WIDTH / 11),
  );
  const { bytes } = await writeRaster(
    {
      width: WIDTH,
      height,
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
  readonly height?: number;
  readonly divideAbove?: number;
  readonly processID?: string;
  readonly body?: object;
}

/** A worker with an accepted job on a raster that was uploaded. */
async function withJob({
  divideAbove = 4 * 512 * WIDTH - 1,
  processID = 'hillshade',
  height = HEIGHT,
  body,
}: Options = {}) {
  const ports = memoryPorts({ now: NOW, settings: divideAbove > 0 ? { divideAbove } : {} });
  const process = processes.find(({ id }) => id === processID);
  assert.ok(process);
  await ports.storage.put(uploadKey('public', uploadID), await hills(height), MediaType.geotiff);
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
const assemble = (worker: Worker, count: number, round = 0) =>
  work(worker, { kind: 'assemble', jobID, round, count }, AN_HOUR);

/** The bytes of the result of a job. */
function result(ports: MemoryPorts): Uint8Array {
  const { outputs } = ports.storage.json(jobKeys.results(jobID)) as ResultManifest;
  const [entry] = outputs;
  assert.ok(entry);
  const { key, content, size, encoding } = entry;
  if (encoding === 'json' && !key) return Buffer.from(JSON.stringify(content));
  const bytes = key ? ports.storage.objects.get(key)?.body : Buffer.from(content as string, 'base64');
  assert.equal(bytes?.length, size);
  return bytes ?? new Uint8Array();
}

const mute = (test: TestContext, level: 'error' | 'warn') =>
  test.mock.method(console, level, () => undefined);

const zone = (...corners: readonly (readonly [number, number])[]) => ({
  type: 'Feature',
  properties: { name: corners.length },
  geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]]] },
});

/** Zones across several parts, within one, and beside the raster. */
const zones = {
  type: 'FeatureCollection',
  features: [
    zone([5.1, 52.3], [5.13, 52.1], [5.132, 50.4], [5.105, 51.5]),
    zone([5.11, 51.9], [5.12, 51.9], [5.12, 51.89]),
    zone([15, 52], [16, 52], [16, 51]),
    zone([5, 53], [6, 53], [6, 50], [5, 50]),
  ],
};

const statistics = [
  'count',
  'sum',
  'min',
  'max',
  'mean',
  'median',
  'stddev',
  'variance',
  'range',
  'first',
  'unique',
];

/** Requests that are divided, with the inputs that have a say in how. */
const requests: Readonly<Record<string, (raster: object) => readonly object[]>> = {
  hillshade: (raster) => [{ raster, computeEdges: true }],
  slope: (raster) => [{ raster, computeEdges: true }],
  aspect: (raster) => [{ raster, computeEdges: true }],
  'terrain-index': (raster) => [
    { raster, index: 'tpi' },
    { raster, computeEdges: true },
  ],
  'focal-statistics': (raster) => [
    { raster, size: 5, statistic: 'median' },
    { raster, size: 99, statistic: 'mean' },
  ],
  reclassify: (raster) => [
    { raster, classes: [{ max: 0, newValue: 1 }], outputType: 'int16', unmatched: 'keep' },
  ],
  'raster-calculator': (raster) => [
    { rasters: [raster, raster], expression: 'where(A > 3, A * 1e3 + B, 7)', outputType: 'int16' },
    { rasters: [raster], expression: 'sqrt(A)', outputType: 'float64' },
  ],
  'convert-raster': (raster) => [
    { raster, outputType: 'uint8', compression: 'lzw' },
    { raster, compression: 'zstd' },
  ],
  'reproject-raster': (raster) => [
    { raster, targetCrs: 'EPSG:28992', resolution: 70, resampling: 'cubic' },
    { raster, resolution: 1 / 1500, resampling: 'average' },
  ],
  'clip-raster': (raster) => [
    { raster, features: zones },
    { raster, extent: { bbox: [5.105, 51.3, 5.12, 52.2] }, crop: false },
  ],
  mosaic: (raster) => [{ rasters: [raster, raster], method: 'mean' }],
  'zonal-statistics': (raster) => [
    { raster, features: zones },
    { raster, features: zones, statistics, allTouched: true, prefix: 'z_' },
  ],
  'raster-statistics': (raster) => [
    { raster, percentiles: [0, 2.5, 98, 100], histogramBins: 7 },
    { raster, scaled: false },
  ],
};

/** Runs all rounds of parts, in an order that is not theirs, until the job has ended. */
async function runParts(worker: Worker, ports: MemoryPorts, first: readonly { readonly count: number }[]) {
  let [next] = first;
  let round = 0;
  for (; next; round++) {
    const tasks = ports.storage.json(jobKeys.partList(jobID, round)) as PartTask[];
    assert.equal(tasks.length, next.count);
    for (const task of tasks.toReversed())
      assert.deepEqual(await work(worker, task, AN_HOUR), { jobID, status: 'running' });
    const answer = (await assemble(worker, next.count, round)) as { status: string; count: number };
    assert.ok(answer.status === 'running' || answer.status === 'successful');
    next = answer.status === 'running' ? answer : undefined;
  }
  return round;
}

describe('what is computed in parts', () => {
  for (const { id, parts } of processes)
    if (parts)
      it(`${id}: is the same as one worker makes, to the last byte and warning`, async () => {
        const bodies = requests[id]?.({ href: `${BASE_URL}/uploads/${uploadID}` });
        assert.ok(bodies, 'a request is to be tested');
        const options = { processID: id, height: 1300, divideAbove: 2 * 512 * WIDTH };
        for (const inputs of bodies) {
          const { ports, worker } = await withJob({ ...options, body: { inputs } });
          const { status, fanOut } = await run(worker);
          assert.equal(status, 'running');
          assert.ok((fanOut[0]?.count ?? 0) >= 3, String(fanOut[0]?.count));
          const rounds = await runParts(worker, ports, fanOut);
          // Percentiles of single precision take a second look.
          assert.equal(rounds, id === 'raster-statistics' ? 2 : 1);
          assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);
          const alone = await withJob({ ...options, body: { inputs }, divideAbove: 0 });
          assert.deepEqual(await run(alone.worker), { jobID, status: 'successful', fanOut: [] });
          assert.equal(Buffer.compare(result(ports), result(alone.ports)), 0);
          assert.deepEqual(warningsOf(ports), warningsOf(alone.ports));
        }
      });
});

/** The warnings of a job. */
const warningsOf = ({ storage }: MemoryPorts) =>
  storage.keys(jobKeys.log(jobID)).length === 0
    ? []
    : (storage.json(jobKeys.log(jobID)) as StoredLog).logs.flatMap(({ level, message }) =>
        level === 'warning' ? [message] : [],
      );

describe('a job on a raster that is too large for one worker', () => {
  it('tells how many parts are done, which may be tried again, and leaves nothing', async () => {
    const { ports, worker } = await withJob();
    const { status, fanOut } = await run(worker);
    assert.deepEqual(
      [status, fanOut],
      ['running', [{ jobID, key: jobKeys.partList(jobID), round: 0, count: 5 }]],
    );
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
      assert.deepEqual([progress, message], [Math.min(99, (done + 1) * 20), `${done + 1} of 5 parts done`]);
    }
    // A part that is tried again is the same.
    await work(worker, tasks[2] as PartTask, AN_HOUR);
    assert.deepEqual(await assemble(worker, 5), { jobID, status: 'successful' });
    assert.deepEqual((await storedJob(ports)).progress, 100);
    assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);

    const alone = await withJob({ divideAbove: 0 });
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

  it('counts the bytes of its result as stored, and not those of its parts', async () => {
    const { ports, worker } = await withJob();
    const metered: Worker = {
      ...worker,
      ports: { ...ports, settings: { ...ports.settings, quotas: { storedBytesPerDay: 1e12 } } },
    };
    const entry = { id: jobID, owner: 'public', kind: 'job', memory: 0, gbSeconds: 0, bytes: 0 } as const;
    await ports.usage.record(newUsageEntry(entry, new Date(NOW)));
    const { fanOut } = await run(metered);
    await runParts(metered, ports, fanOut);
    const stored = ports.storage.keys(jobKeys.prefix(jobID)).filter((key) => key !== jobKeys.request(jobID));
    const size = (key: string) => ports.storage.objects.get(key)?.body.length ?? 0;
    assert.equal(
      ports.usage.entries.get(jobID)?.bytes,
      stored.reduce((sum, key) => sum + size(key), 0),
    );
  });

  it('fails when its owner has used up the GB-seconds of the day: what its parts take was not known before', async () => {
    const { ports, worker } = await withJob();
    const limited: Worker = {
      ...worker,
      ports: { ...ports, settings: { ...ports.settings, quotas: { gbSecondsPerDay: 100 } } },
    };
    const { owner } = await storedJob(ports);
    const entry = { id: jobID, owner, kind: 'job', memory: 0, gbSeconds: 0, bytes: 0 } as const;
    await ports.usage.record(newUsageEntry(entry, new Date(NOW)));
    await run(limited);
    const [first, second] = listParts(ports) as [PartTask, PartTask];
    assert.deepEqual(await work(limited, first, AN_HOUR), { jobID, status: 'running' });
    await ports.usage.record({ ...newUsageEntry({ ...entry, id: 'other' }, new Date(NOW)), gbSeconds: 100 });
    assert.deepEqual(await work(limited, second, AN_HOUR), { jobID, status: 'failed' });
    const { exception } = await storedJob(ports);
    assert.equal(exception?.status, 429);
    assert.match(exception?.detail ?? '', /of the 100 GB-seconds allowed per day/);
  });

  it('takes for each part what the tables of costs count with', async () => {
    const { ports, worker } = await withJob();
    const { fanOut } = await run(worker);
    const calls: string[] = [];
    const counted = <T extends object>(target: T): T =>
      new Proxy(target, {
        get(object, name, receiver) {
          const member: unknown = Reflect.get(object, name, receiver);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]) => {
            const isRaster = String(given[0]).startsWith('uploads/');
            if (!isRaster) calls.push(String(name));
            return member.apply(object, given);
          };
        },
      });
    const counting = {
      ...worker,
      ports: {
        ...ports,
        jobs: counted(ports.jobs),
        storage: counted(ports.storage),
        usage: counted(ports.usage),
        settings: { ...ports.settings, quotas: { executionsPerDay: 1000 } },
      },
    };
    const [first] = listParts(ports) as [PartTask];
    await work(counting, first, AN_HOUR);
    const count = (...names: string[]) => calls.filter((name) => names.includes(name)).length;
    // The progress changes no index of the sweep. A copy into the result and two reads come when the parts are put together.
    assert.deepEqual(
      [
        2 * count('progress'),
        2 * count('add'),
        count('get') - 1,
        count('put', 'list') + 1,
        1 + count('range') + 2,
      ],
      [
        plainPart.writeUnits,
        plainPart.usageWriteUnits,
        plainPart.recordReads,
        plainPart.objectWrites,
        plainPart.objectReads,
      ],
      calls.join(),
    );
    assert.equal(fanOut.length, 1);
  });

  it('is refused where only a mask could tell what is missing: no part knows whether there is one', async () => {
    for (const [processID, expression] of [['raster-calculator', 'A * 0 - 9999']] as const) {
      const rasters = [{ href: `${BASE_URL}/uploads/${uploadID}` }];
      const { ports, worker } = await withJob({ processID, body: { inputs: { rasters, expression } } });
      await run(worker);
      const [first] = listParts(ports) as [PartTask];
      assert.deepEqual(await work(worker, first, AN_HOUR), { jobID, status: 'failed' });
      const { exception } = await storedJob(ports);
      assert.equal(exception?.status, 413);
      assert.match(exception?.detail ?? '', /have the nodata value -9999/);
    }
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
    const { worker } = await withJob({ processID: 'contour', body: { inputs: { raster, interval: 50 } } });
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
      /40 by 2300 pixels. A part of it would have 20560 pixels; a worker can process up to 4000/,
    );
    assert.deepEqual(ports.storage.keys(jobKeys.parts(jobID)), []);
  });
});

const withPixels = (pixels: number) =>
  processes.map((process) => ({ ...process, limits: { ...classLimits.raster, pixels } }));
