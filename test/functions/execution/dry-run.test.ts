import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { classResources, workerSizesFromEnvironment } from '../../../core/processes/class-resources.ts';
import { estimateRun } from '../../../core/processes/estimate.ts';
import { largeClass } from '../../../core/processes/large-class.ts';
import { uploadKey } from '../../../core/uploads/upload.ts';
import { GuardedEgress } from '../../../functions/egress/egress.ts';
import { processes } from '../../../processes/index.ts';
import { makeHugeTiff } from '../../browser/support/make-tiff.ts';
import { rectangle } from '../../processes/support/layers.ts';
import { type MemoryService, memoryService } from '../../support/memory-service.ts';

const point = { type: 'Point', coordinates: [5.12, 52.09] };

const form = {
  'Content-Type': 'application/x-www-form-urlencoded',
  'Sec-Fetch-Site': 'same-origin',
  Accept: 'text/html',
};

/** A service in which nothing may be stored, fetched or started. */
function idleService() {
  const service = memoryService();
  const touched: string[] = [];
  const watch = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get(target, member) {
        const value = Reflect.get(target, member, target) as unknown;
        if (typeof value === 'function') touched.push(`${name}.${String(member)}`);
        return value;
      },
    });
  const { jobs, storage, workflow, workers, egress } = service.ports;
  Object.assign(service.ports, {
    jobs: watch('jobs', jobs),
    storage: watch('storage', storage),
    workflow: watch('workflow', workflow),
    workers: watch('workers', workers),
    egress: watch('egress', egress),
  });
  const dryRun = (id: string, body: unknown, headers: Record<string, string> = {}, query = 'dryRun=true') =>
    service.call(`/processes/${id}/execution?${query}`, { method: 'POST', body, headers });
  return { ...service, dryRun, touched };
}

/** A service that works. */
function running() {
  const service = memoryService();
  const dryRun = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    service.call(`/processes/${id}/execution?dryRun=true`, { method: 'POST', body, headers });
  return { ...service, dryRun };
}

/** Sends a file ahead as a client does. @returns its address as an input */
async function sendAhead(
  call: MemoryService['call'],
  { storage }: MemoryService['ports'],
  bytes: Uint8Array,
  mediaType: string,
): Promise<string> {
  const { json } = await call('/uploads', { method: 'POST', body: { mediaType, size: bytes.length } });
  await storage.put(uploadKey('anonymous', json.href.split('/').at(-1)), bytes, mediaType);
  return json.href;
}

describe('a dry run', () => {
  test('says what would become of a valid request, and touches nothing', async () => {
    const { dryRun, touched } = idleService();
    const { status, json } = await dryRun('buffer', { inputs: { features: point, distance: 100 } });
    assert.equal(status, 200);
    assert.equal(json.valid, true);
    assert.deepEqual(
      [json.processID, json.computeClass, json.mode, json.estimate.complete],
      ['buffer', 'vector', 'sync-execute', true],
    );
    assert.equal(json.size.inlineBytes, JSON.stringify({ features: point, distance: 100 }).length);
    assert.ok(json.estimate.seconds > 0 && json.estimate.cost > 0);
    assert.match(json.estimate.prices.date, /^\d{4}-\d\d-\d\d$/);
    assert.match(json.estimate.note, /estimate/i);
    assert.deepEqual(touched, []);
  });

  test('is one however its name is written: nobody pays for a run that was not meant', async () => {
    const { dryRun, touched } = idleService();
    for (const query of ['dryrun=true', 'DRYRUN=true']) {
      const { json } = await dryRun('buffer', { inputs: { features: point, distance: 100 } }, {}, query);
      assert.equal(json.valid, true);
    }
    assert.deepEqual(touched, []);
  });

  test('says that the size of what is referred to is unknown', async () => {
    const { dryRun, touched } = idleService();
    const features = { href: 'https://example.com/roads.fgb', type: 'application/flatgeobuf' };
    const { json } = await dryRun('buffer', { inputs: { features, distance: 100 } });
    assert.deepEqual(json.size.references, [{ pointer: '/inputs/features', bytes: 'unknown' }]);
    assert.equal(json.estimate.complete, false);
    assert.ok(json.estimate.secondsPerMegabyte > 0);
    // Its address is looked at; nothing is sent there.
    assert.deepEqual(touched, ['egress.check']);
  });

  test('is asynchronous where the execution would be a job, and costs more then', async () => {
    const { dryRun, touched } = idleService();
    const body = { inputs: { message: 'Hello' } };
    const [waiting, job, waited] = [
      await dryRun('echo', body),
      await dryRun('echo', body, { Prefer: 'respond-async' }),
      await dryRun('echo', body, { Prefer: 'wait=5' }),
    ];
    assert.deepEqual(
      [waiting, job, waited].map(({ json }) => json.mode),
      ['sync-execute', 'async-execute', 'async-execute'],
    );
    assert.ok(job.json.estimate.cost > waiting.json.estimate.cost);
    assert.deepEqual(touched, []);
  });

  test('refuses what an execution would refuse, in the same words', async () => {
    const { dryRun, execute, call } = idleService();
    for (const [id, body, headers] of [
      ['buffer', { inputs: { features: point, distance: 'far' } }, {}],
      ['buffer', { inputs: { features: { href: 'file:///etc/passwd' }, distance: 1 } }, {}],
      ['buffer', { inputs: {}, outputs: { other: {} } }, {}],
      ['buffer', { inputs: { features: point, distance: 1 } }, { Accept: 'text/calendar' }],
      ['none', { inputs: {} }, {}],
    ] as [string, unknown, Record<string, string>][]) {
      const [dry, real] = [await dryRun(id, body, headers), await execute(id, body, headers)];
      assert.ok(dry.status >= 400);
      const told = ({ json }: typeof dry) => ({ ...json, instance: '' });
      assert.deepEqual([dry.status, told(dry)], [real.status, told(real)]);
    }
    const path = '/processes/echo/execution?response=collection';
    const call2 = { method: 'POST', body: { inputs: { message: 'a' } } };
    const [dry, real] = [await call(`${path}&dryRun=true`, call2), await call(path, call2)];
    assert.deepEqual([dry.status, dry.json.errors], [real.status, real.json.errors]);
  });

  test('is never taken for an execution, however it is written', async () => {
    const { dryRun, touched } = idleService();
    for (const query of ['dryRun=1', 'dryRun=', 'dryRun=TRUE', 'dryRun=true&dryRun=false']) {
      const { status, json } = await dryRun('echo', { inputs: { message: 'a' } }, {}, query);
      assert.equal(status, 400, query);
      assert.match(JSON.stringify(json), /\?dryRun/);
    }
    const { status } = await dryRun('echo', 'message=a', form, 'dryRun=1');
    assert.equal(status, 400);
    assert.deepEqual(touched, []);
  });

  test('says where a job goes on that is too large, and what an hour costs there', async () => {
    const { dryRun, ports } = idleService();
    const body = { inputs: { features: point, distance: 100 } };
    const job = { Prefer: 'respond-async' };
    assert.equal((await dryRun('buffer', body, job)).json.large, undefined);
    Object.assign(ports, { settings: { ...ports.settings, large: largeClass } });
    const { limits, seconds, costPerHour, currency } = (await dryRun('buffer', body, job)).json.large;
    assert.equal(limits.features, 5_000_000);
    assert.equal(limits.inlineBytes, 4 * 1024 * 1024);
    assert.deepEqual([seconds, costPerHour, currency], [14_400, 0.25, 'USD']);
    // Who waits for the result is refused what is too large.
    assert.equal((await dryRun('buffer', body)).json.large, undefined);
  });

  test('of a form is a page: the form as it was sent, and what would become of it in words', async () => {
    const { dryRun, touched } = idleService();
    const { status, text, headers } = await dryRun('buffer', 'features=POINT(5 52)&distance=12.5', form);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /text\/html/);
    assert.match(text, /The request is valid\. It would run as a job/);
    assert.match(text, /name="distance"[^>]* value="12.5"/);
    const refused = await dryRun('buffer', 'features=POINT(5 52)&distance=far', form);
    assert.equal(refused.status, 400);
    assert.match(refused.text, /id="fault-distance"/);
    assert.deepEqual(touched, []);
  });

  test('says in sentences what it has found', async () => {
    const { dryRun } = idleService();
    const features = { href: 'https://example.com/roads.fgb' };
    const { json } = await dryRun('buffer', { inputs: { features, distance: 100 } });
    const [verdict, size, effort] = json.sentences;
    assert.equal(
      verdict,
      'The request is valid. It would be executed synchronously, by a worker of the class vector.',
    );
    assert.match(
      size,
      /have \d+ bytes in the request\. One is given by URL, which a dry run does not fetch: its size is unknown/,
    );
    assert.match(
      effort,
      /^It would take about [\d.]+ s and cost about 0\.0+[1-9]\d* USD, plus [\d.]+ s for each/,
    );
  });

  test('looks at uploads: whether they are there, and how large they are', async () => {
    const { dryRun, execute, ports, call } = running();
    const upload = await sendAhead(
      call,
      ports,
      new TextEncoder().encode(JSON.stringify(point)),
      'application/geo+json',
    );
    const request = (href: string) => ({ inputs: { features: { href }, distance: 100 } });
    const { json } = await dryRun('buffer', request(upload));
    assert.deepEqual(json.size.references, [{ pointer: '/inputs/features', bytes: 43 }]);
    assert.equal(json.estimate.complete, true);
    assert.match(json.sentences[1], /and 43 bytes in uploads and earlier results\.$/);
    const absent = request(upload.replace(/.{12}$/, '000000000000'));
    const [dry, real] = [await dryRun('buffer', absent), await execute('buffer', absent)];
    assert.equal(dry.status, 400);
    assert.deepEqual(dry.json.errors, real.json.errors);
    assert.match(dry.json.errors[0].detail, /is not one of your uploads/);
  });

  test('looks at earlier results, and refuses those of jobs that are not there', async () => {
    const { dryRun, execute, ports, baseUrl } = running();
    const made = await execute(
      'buffer',
      { inputs: { features: point, distance: 100 } },
      { Prefer: 'respond-async' },
    );
    await ports.workflow.settled();
    const request = (job: string) => ({
      inputs: { features: { href: `${baseUrl}/jobs/${job}/results` } },
    });
    const { json } = await dryRun('centroid', request(made.json.jobID));
    assert.ok(json.size.references[0].bytes > 100);
    const absent = request('00000000-0000-4000-8000-000000000000');
    const [dry, real] = [await dryRun('centroid', absent), await execute('centroid', absent)];
    assert.deepEqual([dry.status, dry.json.errors], [real.status, real.json.errors]);
  });

  test('knows from the header of a raster what is too large to wait for, and what part of it is read', async () => {
    const { dryRun, execute, ports, call } = running();
    const bytes = makeHugeTiff({ side: 4096, tile: 512, levels: 2, value: () => 7 });
    const href = await sendAhead(call, ports, bytes, 'image/tiff; application=geotiff');
    const whole = { inputs: { raster: { href } } };
    const [dry, real] = [await dryRun('slope', whole), await execute('slope', whole)];
    assert.equal(dry.status, 413);
    assert.deepEqual(dry.json.errors, real.json.errors);
    assert.match(dry.json.errors[0].detail, /16777216 pixels would be read.*respond-async/);
    const job = await dryRun('slope', whole, { Prefer: 'respond-async' });
    assert.deepEqual(job.json.size.rasters, [
      {
        pointer: '/inputs/raster',
        width: 4096,
        height: 4096,
        bands: 1,
        window: { width: 4096, height: 4096 },
      },
    ]);
    assert.match(job.json.sentences[2], /^The raster "raster" has 4096 × 4096 pixels in 1 band; all of them/);
    // The raster lies from 20 to 30 degrees east and from 40 to 50 north.
    const part = (bbox: number[]) => ({ inputs: { raster: { href }, extent: { bbox } } });
    const clip = await dryRun('clip-raster', part([21, 41, 22, 42]));
    assert.deepEqual([clip.status, clip.json.size.rasters[0].window], [200, { width: 411, height: 411 }]);
    assert.ok(clip.json.estimate.seconds <= job.json.estimate.seconds);
    const large = await dryRun('clip-raster', part([20.5, 40.5, 29, 49]));
    assert.equal(large.status, 413);
    const beside = await dryRun('clip-raster', part([0, 0, 1, 1]));
    assert.match(beside.json.errors[0].detail, /lies outside the raster/);
  });

  const layerOf = (...geometries: object[]) => ({
    type: 'FeatureCollection',
    features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
  });

  test('knows how much of a raster zones, points and a mask in the request read, and what of it is too much', async () => {
    const { dryRun, execute, ports, call } = running();
    const bytes = makeHugeTiff({ side: 4096, tile: 512, levels: 2, value: () => 7 });
    const href = await sendAhead(call, ports, bytes, 'image/tiff; application=geotiff');
    const raster = { href };
    const small = layerOf(rectangle(21, 41, 22, 42), rectangle(28, 48, 28.1, 48.1));
    const zones = await dryRun('zonal-statistics', { inputs: { raster, features: small } });
    // A degree falls on 411 pixels, a tenth on 42, and one on each side is looked at too.
    assert.equal(zones.json.size.rasters[0].pixels, 413 ** 2 + 44 ** 2);
    assert.equal(zones.json.size.rasters[0].window, undefined);
    assert.match(zones.json.sentences[2], /; 172505 pixels of each band used will be read\.$/);
    const job = await dryRun(
      'zonal-statistics',
      { inputs: { raster, features: layerOf(rectangle(20, 40, 30, 50)) } },
      { Prefer: 'respond-async' },
    );
    assert.ok(zones.json.estimate.seconds < job.json.estimate.seconds);
    const large = { inputs: { raster, features: layerOf(rectangle(20, 40, 30, 50)) } };
    const clip = await dryRun('clip-raster', {
      inputs: { raster, features: layerOf(rectangle(21, 41, 22, 42)) },
    });
    assert.deepEqual(clip.json.size.rasters[0].window, { width: 411, height: 411 });
    for (const [id, body] of [
      ['zonal-statistics', large],
      ['clip-raster', large],
      ['clip-raster', { inputs: { raster, features: layerOf(rectangle(0, 0, 1, 1)) } }],
      ['zonal-statistics', { inputs: { raster, features: layerOf(point) } }],
      ['sample-raster', { inputs: { raster, features: layerOf(rectangle(0, 0, 1, 1)) } }],
      ['zonal-statistics', { inputs: { raster, features: small, band: 2 } }],
      ['slope', { inputs: { raster, band: 5 } }],
    ] as const) {
      const [dry, real] = [await dryRun(id, body), await execute(id, body)];
      assert.ok(dry.status >= 400, id);
      assert.deepEqual([dry.status, dry.json.errors], [real.status, real.json.errors]);
    }
    const places = [
      [20.001, 49.999],
      [29.999, 40.001],
      [0, 0],
    ].map((coordinates) => ({ type: 'Point', coordinates }));
    const points = await dryRun('sample-raster', { inputs: { raster, features: layerOf(...places) } });
    assert.equal(points.json.size.rasters[0].pixels, 2);
    assert.match(points.json.sentences[2], /; 2 pixels of each band/);
    const one = await dryRun('sample-raster', { inputs: { raster, features: places[0] } });
    assert.match(one.json.sentences[2], /; 1 pixel of each band/);
    const uploaded = await sendAhead(call, ports, Buffer.from(JSON.stringify(small)), 'application/geo+json');
    const open = await dryRun('zonal-statistics', { inputs: { raster, features: { href: uploaded } } });
    assert.match(open.json.sentences[2], /how much of it will be read is not known beforehand/);
  });

  test('refuses what no run accepts: CRSs that are not known, extents that are none', async () => {
    const { dryRun, execute } = running();
    const unknown = 'EPSG:999999';
    const crs = { type: 'name', properties: { name: unknown } };
    for (const [id, inputs] of [
      ['reproject', { features: point, targetCrs: unknown }],
      ['reproject', { features: point, targetCrs: { value: unknown } }],
      ['reproject', { features: point, targetCrs: 'GEOGCRS["nothing"]' }],
      ['buffer', { features: point, distance: 1, crs: unknown }],
      ['buffer', { features: { ...point, crs }, distance: 1 }],
      ['create-grid', { extent: { bbox: [0, 0, 1, 1], crs: unknown }, spacing: 1 }],
      ['create-grid', { extent: { bbox: [1, 1, 0, 0] }, spacing: 1 }],
    ] as const) {
      const [dry, real] = [await dryRun(id, { inputs }), await execute(id, { inputs })];
      assert.equal(dry.status, 400, `${id} ${JSON.stringify(inputs)}`);
      assert.deepEqual(dry.json.errors, real.json.errors);
    }
    // What the layer says of its CRS does not matter where the request says another.
    const told = { features: { ...point, crs }, sourceCrs: 'EPSG:4326', targetCrs: 'EPSG:3857' };
    assert.equal((await dryRun('reproject', { inputs: told })).status, 200);
  });

  test('refuses addresses from which nothing is fetched, in the words of the run', async () => {
    const egress = new GuardedEgress([]);
    const { ports, call } = memoryService({ egress });
    const post = (id: string, body: object, query = '') =>
      call(`/processes/${id}/execution${query}`, { method: 'POST', body });
    for (const href of [
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00:ec2::254]/latest/meta-data/',
      'http://metadata.google.internal/computeMetadata/v1/',
      'http://127.0.0.1:9/x.geojson',
      'http://10.0.0.1/x.geojson',
      'https://example.org:22/x.geojson',
      'https://user:secret@example.org/x.geojson',
    ])
      for (const features of [{ href }, { collection: `${new URL(href).origin}/collections/roads` }]) {
        if ('collection' in features && href.includes('secret')) continue;
        const body = { inputs: { features, distance: 1 } };
        const [dry, real] = [await post('buffer', body, '?dryRun=true'), await post('buffer', body)];
        assert.equal(dry.status, 400, JSON.stringify(features));
        assert.deepEqual(dry.json.errors, real.json.errors);
      }
    assert.ok(ports);
  });

  test('looks at collections of the service, and refuses those that are not there', async () => {
    const { dryRun, execute, ports } = running();
    const made = await execute(
      'buffer',
      { inputs: { features: point, distance: 100 } },
      { Prefer: 'respond-async' },
    );
    await ports.workflow.settled();
    const request = (collection: string) => ({ inputs: { features: { collection } } });
    const { json } = await dryRun('centroid', request(`${made.json.jobID}.result`));
    assert.ok(json.size.references[0].bytes > 100);
    for (const absent of [
      `${made.json.jobID}.other`,
      '00000000-0000-4000-8000-000000000000.result',
      'roads',
    ]) {
      const [dry, real] = [
        await dryRun('centroid', request(absent)),
        await execute('centroid', request(absent)),
      ];
      assert.deepEqual([dry.status, dry.json.errors], [400, real.json.errors], absent);
    }
  });

  test('refuses results that are not there, not yet, or of another name', async () => {
    const { dryRun, execute, ports, baseUrl } = running();
    const start = async (body: object) =>
      (await execute('buffer', body, { Prefer: 'respond-async' })).json.jobID;
    const done = await start({ inputs: { features: point, distance: 100 } });
    const failed = await start({ inputs: { features: point, distance: 1, distanceField: 'absent' } });
    await ports.workflow.settled();
    for (const path of [
      `/jobs/${done}/results/other`,
      `/jobs/${failed}/results/result`,
      '/jobs/00000000-0000-4000-8000-000000000000/results/result',
      '/uploads/00000000-0000-4000-8000-000000000000',
    ]) {
      const body = { inputs: { features: { href: `${baseUrl}${path}` } } };
      const [dry, real] = [await dryRun('centroid', body), await execute('centroid', body)];
      assert.deepEqual([dry.status, dry.json.errors], [400, real.json.errors], path);
    }
  });

  test('an extent in a qualified value is that extent', async () => {
    const { dryRun, ports, call } = running();
    const bytes = makeHugeTiff({ side: 4096, tile: 512, levels: 2, value: () => 7 });
    const href = await sendAhead(call, ports, bytes, 'image/tiff; application=geotiff');
    const inputs = { raster: { href }, extent: { value: { bbox: [21, 41, 22, 42] } } };
    const { json, status } = await dryRun('clip-raster', { inputs });
    assert.deepEqual([status, json.size?.rasters[0].window], [200, { width: 411, height: 411 }]);
  });

  test('dryRun=false is an execution', async () => {
    const body = { inputs: { message: 'a' }, outputs: { message: {} } };
    const path = '/processes/echo/execution?dryRun=false';
    const { status, json } = await memoryService().call(path, { method: 'POST', body });
    assert.deepEqual([status, json], [200, 'a']);
  });
});

describe('estimates', () => {
  test('every description has one, with the date of its prices, and a link to the dry run', async () => {
    const { get } = memoryService();
    for (const { id } of processes) {
      const { json } = await get(`/processes/${id}`);
      const value = (role: string) =>
        json.metadata.find((entry: { role: string }) => entry.role === role)?.value;
      assert.ok(value('estimate-seconds') > 0 && value('estimate-usd') > 0, id);
      assert.match(value('estimate-prices-date'), /^\d{4}-\d\d-\d\d$/);
      assert.ok(
        json.links.some(({ href }: { href: string }) => href.endsWith(`/${id}/execution?dryRun=true`)),
        id,
      );
    }
  });

  test('grow with the input, and with workers of less than a core', () => {
    const buffer = processes.find(({ id }) => id === 'buffer')!;
    const of = (megabytes: number, memory = 3008) =>
      estimateRun(
        buffer,
        { bytes: megabytes * 1024 * 1024, asynchronous: true },
        { ...classResources, vector: { memory, timeout: 900 } },
      );
    assert.ok(of(10).seconds > of(1).seconds && of(10).usd > of(1).usd);
    assert.ok(of(1, 512).seconds > 3 * of(1).seconds);
    assert.equal(of(1, 8000).seconds, of(1).seconds);
  });

  test('take the sizes of the workers from the deployment', () => {
    const sizes = { ...classResources, raster: { memory: 6144, timeout: 900 } };
    assert.deepEqual(workerSizesFromEnvironment({ WORKER_SIZES: JSON.stringify(sizes) }), sizes);
    assert.deepEqual(workerSizesFromEnvironment({}), classResources);
  });
});
