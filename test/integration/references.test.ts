import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { fileUrl, fixtureUrl } from './support/fixtures.ts';

const { execute, start, waitFor } = serviceFromEnvironment();
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

  const refused: [name: string, href: string, detail: RegExp][] = [
    ['what is not there', `${fixtureUrl}/files/none.tif`, /404/],
    ['what answers with an error', `${fixtureUrl}/status/500`, /500/],
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
  const { remove, get } = serviceFromEnvironment();
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
