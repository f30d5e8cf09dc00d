import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { fileUrl, fixtureUrl } from './support/fixtures.ts';

const { baseUrl, execute, start, waitFor, remove } = serviceFromEnvironment();
const raster = fileUrl('jacksboro.tif');
const features = {
  type: 'Polygon',
  coordinates: [
    [
      [-84.3, 36.5],
      [-84.2, 36.5],
      [-84.2, 36.6],
      [-84.3, 36.6],
      [-84.3, 36.5],
    ],
  ],
};

describe('inputs by reference', () => {
  test('/req/core/process-execute-inputs: a raster is the same by value, in ranges, and as a whole', async () => {
    const statistics = async (reference: object) => {
      const { status, json, text } = await execute('zonal-statistics', {
        inputs: { features, raster: reference },
      });
      assert.equal(status, 200, text);
      return json.features[0].properties;
    };
    const bytes = Buffer.from(await (await fetch(raster)).arrayBuffer()).toString('base64');
    const inline = await statistics({ value: bytes, mediaType: 'image/tiff; application=geotiff' });
    assert.ok(inline.count > 10_000);
    assert.deepEqual(await statistics({ href: raster }), inline);
    assert.deepEqual(await statistics({ href: fileUrl('jacksboro.tif', 'ranges=no') }), inline);
    assert.deepEqual(
      await statistics({ href: `${fixtureUrl}/redirect?to=${encodeURIComponent(raster)}` }),
      inline,
    );
  });

  test('a file that GDAL alone reads is read where the function runs', async () => {
    const { status, json, text } = await execute('convert-features', {
      inputs: { features: { href: fileUrl('files/by-gdal/gml.gml') } },
    });
    assert.equal(status, 200, text);
    assert.ok(json.features.length > 0);
    assert.ok(json.features.every(({ geometry }: { geometry: unknown }) => geometry !== null));
  });

  const refused: [name: string, href: string, detail: RegExp][] = [
    ['what is not there', `${fixtureUrl}/files/none.tif`, /404/],
    ['what answers with an error', `${fixtureUrl}/status/501`, /501/],
    ['the metadata service', 'http://169.254.169.254/latest/meta-data', /public internet/],
    ['a private address', 'http://192.168.1.1/x.tif', /public internet/],
    ['this machine', 'http://localhost/x.tif', /public internet/],
    [
      'a redirect to this machine',
      `${fixtureUrl}/redirect?to=${encodeURIComponent('http://127.0.0.1/x')}`,
      /public internet/,
    ],
    [
      'a redirect to a file',
      `${fixtureUrl}/redirect?to=${encodeURIComponent('file:///etc/passwd')}`,
      /scheme/,
    ],
    ['what is no raster', fileUrl('oracles/buffer.json'), /\w/],
  ];
  for (const [name, href, detail] of refused) {
    test(`${name} is refused at the input, while the client waits and of a job`, async () => {
      const inputs = { features, raster: { href } };
      const { status, json, text } = await execute('zonal-statistics', { inputs });
      assert.equal(status, 400, text);
      assert.match(json.errors[0].pointer, /^\/inputs\/raster/);
      assert.match(json.errors[0].detail, detail);
      const job = await waitFor(await start('zonal-statistics', { inputs }), ['failed', 'successful']);
      assert.deepEqual([job.status, job.exception.errors[0].pointer], ['failed', json.errors[0].pointer]);
    });
  }
});

describe('a server that fails for a while', { concurrency: true }, () => {
  const flaky = (query: string) => fileUrl('jacksboro.tif', `name=${randomUUID()}&${query}`);
  const statistics = (href: string) => ({ inputs: { features, raster: { href } } });

  for (const query of [
    'failures=2',
    'failures=2&after=1',
    'failures=1&with=429&retry-after=1',
    'failures=2&with=reset',
  ]) {
    test(`${query}: is asked again, while the client waits and for a job`, async () => {
      const { status, text } = await execute('zonal-statistics', statistics(flaky(query)));
      assert.equal(status, 200, text);
      const jobID = await start('zonal-statistics', statistics(flaky(query)));
      assert.equal((await waitFor(jobID, ['failed', 'successful'])).status, 'successful');
    });
  }

  for (const query of ['failures=99', 'failures=99&after=1&retry-after=1000', 'failures=99&with=reset']) {
    test(`${query}: is told as that server's failure, while the client waits and of a job`, async () => {
      const { status, json, text } = await execute('zonal-statistics', statistics(flaky(query)));
      assert.equal(status, 502, text);
      assert.deepEqual(json.errors[0].pointer, '/inputs/raster');
      assert.ok(json.detail.includes(new URL(fixtureUrl).host), json.detail);
      assert.match(
        json.detail,
        /(responded with status 503|closed the connection early).*[Nn]either your request/,
      );
      assert.doesNotMatch(json.detail, /changed while it was read/);
      const jobID = await start('zonal-statistics', statistics(flaky(query)));
      const job = await waitFor(jobID, ['failed', 'successful'], 150);
      assert.deepEqual([job.status, job.exception.status], ['failed', 502]);
    });
  }
});

describe('results and uploads as inputs', { concurrency: true }, () => {
  const successful = async (processID: string, inputs: object, members: object = {}) => {
    const jobID = await start(processID, { inputs, ...members });
    const job = await waitFor(jobID, ['failed', 'successful']);
    assert.equal(job.status, 'successful', JSON.stringify(job));
    return jobID;
  };

  test('a layer goes from buffer to FlatGeobuf to its measures, by the addresses of the results', async () => {
    const points = {
      type: 'MultiPoint',
      coordinates: [
        [5, 52],
        [5.1, 52.1],
      ],
    };
    const buffered = await successful('buffer', { features: points, distance: 500 });
    const converted = await successful(
      'convert-features',
      { features: { href: `${baseUrl}/jobs/${buffered}/results/result` } },
      { outputs: { result: { format: { mediaType: 'application/flatgeobuf' } } } },
    );
    const { status, json, text } = await execute('measure', {
      inputs: { features: { href: `${baseUrl}/jobs/${converted}/results/result` } },
    });
    assert.equal(status, 200, text);
    assert.equal(json.type, 'FeatureCollection');
    assert.ok(json.features.length > 0);
  });

  test('a COG is read in ranges by the next process', async () => {
    const cog = await successful('convert-raster', { raster: { href: raster } });
    const whole = await execute('raster-info', { inputs: { raster: { href: raster } } });
    const next = await execute('raster-info', {
      inputs: { raster: { href: `${baseUrl}/jobs/${cog}/results/result` } },
    });
    assert.deepEqual([whole.status, next.status], [200, 200], next.text);
    assert.deepEqual([next.json.width, next.json.height], [whole.json.width, whole.json.height]);
  });

  test('a result that is not there yet, or at all, is refused at its input', async () => {
    const running = await start('echo', { inputs: { message: 'a', pause: 20 } });
    for (const [jobID, detail] of [
      [running, /belongs to a job that is (accepted|running)/],
      [randomUUID(), /is not one of your results/],
    ] as const) {
      const href = `${baseUrl}/jobs/${jobID}/results/result`;
      const { status, json, text } = await execute('raster-info', { inputs: { raster: { href } } });
      assert.equal(status, 400, text);
      assert.match(json.detail, detail);
    }
    await remove(`/jobs/${running}`);
  });
});

test('a job that computes is dismissed in the middle of it', async () => {
  // Enough vertices that the union of all buffers takes its time.
  const points = Array.from({ length: 12_000 }, (_, index) => [
    (index % 120) / 1000,
    Math.floor(index / 120) / 1000,
  ]);
  const inputs = {
    features: { type: 'MultiPoint', coordinates: points },
    distance: 300,
    quadrantSegments: 90,
    crs: 'EPSG:3857',
  };
  const { get } = serviceFromEnvironment();
  const jobID = await start('buffer', { inputs });
  await waitFor(jobID, ['running']);
  const { json } = await remove(`/jobs/${jobID}`);
  assert.equal(json.status, 'dismissed');
  // The worker is free for others while the dismissed job would still compute.
  const next = await start('buffer', {
    inputs: { features: { type: 'Point', coordinates: [5, 52] }, distance: 1 },
  });
  assert.equal((await waitFor(next, ['successful', 'failed'])).status, 'successful');
  assert.equal((await get(`/jobs/${jobID}`)).json.status, 'dismissed');
});
