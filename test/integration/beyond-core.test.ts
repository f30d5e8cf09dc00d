import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

const { get, call, execute, start, waitFor, baseUrl } = serviceFromEnvironment();
const point = (longitude: number, latitude: number, name: string) => ({
  type: 'Feature',
  id: name,
  properties: { name },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
});
const towns = {
  type: 'FeatureCollection',
  features: [point(5.1, 52.1, 'Utrecht'), point(4.9, 52.4, 'Amsterdam')],
};
const listNames = (json: { features: { properties: { name: string } }[] }) =>
  json.features.map(({ properties }) => properties.name);

describe('uploads', () => {
  const upload = (mediaType: string, size: number) =>
    call('/uploads', { method: 'POST', body: { mediaType, size } });

  test('a file that was sent is an input, while the client waits and of a job', async () => {
    const bytes = JSON.stringify(towns);
    const { status, json } = await upload('application/geo+json', bytes.length);
    assert.equal(status, 201);
    const { method, href, headers } = json.upload;
    const sent = await fetch(href, { method, headers, body: bytes });
    assert.equal(sent.status, 200, await sent.text());
    const inputs = { features: { href: json.href }, distance: 10 };
    assert.deepEqual(listNames((await execute('buffer', { inputs })).json), ['Utrecht', 'Amsterdam']);
    const jobID = await start('buffer', { inputs });
    assert.equal((await waitFor(jobID, ['successful', 'failed'])).status, 'successful');
  });

  test('what was never sent is refused at the input', async () => {
    const { json } = await upload('application/geo+json', 10);
    const { status, json: problem } = await execute('buffer', {
      inputs: { features: { href: json.href }, distance: 10 },
    });
    assert.deepEqual([status, problem.errors[0].pointer], [400, '/inputs/features']);
  });

  test('the address is signed for this type, this size and this moment', async () => {
    const { json } = await upload('image/tiff; application=geotiff', 5);
    const parameters = new URL(json.upload.href).searchParams;
    assert.equal(parameters.get('X-Amz-SignedHeaders'), 'content-length;content-type;host');
    assert.equal(parameters.get('X-Amz-Expires'), '3600');
  });

  test(
    'a file of another type is refused by its signature',
    unlessBroken('presignedSignatures'),
    async () => {
      const { json } = await upload('image/tiff; application=geotiff', 5);
      const other = await fetch(json.upload.href, {
        method: 'PUT',
        headers: { 'Content-Type': 'text/html' },
        body: 'hello',
      });
      await other.body?.cancel();
      assert.equal(other.status, 403);
    },
  );
});

describe('executions by query', () => {
  test('/req/kvp-execute/process-execute-op: answer as those with a body do', async () => {
    const query = new URLSearchParams({ message: 'a b,c+d', 'message[include]': 'true' });
    const answer = await get(`/processes/echo/execution?${query}`);
    assert.deepEqual([answer.status, answer.json], [200, 'a b,c+d']);
    const job = await get('/processes/echo/execution?message=x&response%5Bprefer%5D=respond-async');
    assert.equal(job.status, 201);
    await waitFor(job.json.jobID, ['successful']);
  });

  test('HEAD is refused: it must not execute anything', async () => {
    const { status, headers } = await call('/processes/echo/execution?message=x', { method: 'HEAD' });
    assert.deepEqual([status, headers.get('allow')], [405, 'POST, GET, OPTIONS']);
  });
});

describe('collections', () => {
  test('/req/collection-output/response-response-one: a layer becomes a collection, and that an input', async () => {
    const made = await call('/processes/buffer/execution?response=collection', {
      method: 'POST',
      body: { inputs: { features: towns, distance: 10 } },
    });
    assert.equal(made.status, 303, made.text);
    const address = made.headers.get('location')!;
    assert.ok(address.startsWith(`${baseUrl}/collections/`));
    assert.deepEqual(listNames((await get(`${address}/items?bbox=5,52,6,53`)).json), ['Utrecht']);
    assert.equal((await get(`${address}/items/Amsterdam`)).json.properties.name, 'Amsterdam');
    const features = { collection: address.split('/').at(-1), bbox: [4, 52.3, 5, 53] };
    const again = await execute('buffer', { inputs: { features, distance: 10 } });
    assert.deepEqual(listNames(again.json), ['Amsterdam']);
    assert.ok(
      (await get('/collections')).json.collections.some(({ id }: { id: string }) => address.endsWith(id)),
    );
  });
});

describe('formats', () => {
  const types = [
    'application/geo+json-seq',
    'application/flatgeobuf',
    'application/geopackage+sqlite3',
    'application/vnd.apache.parquet',
    'application/zip',
    'application/vnd.google-earth.kml+xml',
    'text/csv',
  ];
  for (const mediaType of types) {
    test(`a layer is written and read again as ${mediaType}`, async () => {
      const body = { inputs: { features: towns }, outputs: { result: { format: { mediaType } } } };
      const written = await execute('convert-features', body, { Accept: mediaType });
      assert.equal(written.status, 200, written.text.slice(0, 300));
      assert.ok((written.headers.get('content-type') ?? '').startsWith(mediaType));
      const isText = /json|xml|csv/.test(mediaType);
      const value = isText ? written.text : Buffer.from(written.bytes).toString('base64');
      const read = await execute('convert-features', { inputs: { features: { value, mediaType } } });
      assert.equal(read.status, 200, read.text.slice(0, 300));
      assert.deepEqual(listNames(read.json).sort(), ['Amsterdam', 'Utrecht']);
    });
  }

  const without = unlessBroken('wildcardBinaryTypes');
  test('a file comes as bytes to who does not name its type either', without, async () => {
    const mediaType = 'application/flatgeobuf';
    const body = { inputs: { features: towns }, outputs: { result: { format: { mediaType } } } };
    const MAGIC = '66676203';
    for (const accept of ['*/*', 'text/html, application/json;q=0.9, */*;q=0.8']) {
      const { bytes } = await execute('convert-features', body, { Accept: accept });
      assert.equal(Buffer.from(bytes.subarray(0, 4)).toString('hex'), MAGIC, accept);
    }
  });

  test('a raster comes as bytes, while the client waits and of a job', async () => {
    const mediaType = 'image/png';
    const body = {
      inputs: { features: towns, resolution: 0.1, outputType: 'uint8', nodata: 0 },
      outputs: { result: { format: { mediaType } } },
    };
    const SIGNATURE = '89504e470d0a1a0a';
    const readStart = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes.subarray(0, 8)).toString('hex');
    const written = await execute('rasterize', body, { Accept: mediaType });
    assert.equal(written.status, 200, written.text.slice(0, 300));
    assert.equal(readStart(written), SIGNATURE);
    const jobID = await start('rasterize', body);
    assert.equal((await waitFor(jobID, ['successful', 'failed'])).status, 'successful');
    assert.equal(readStart(await get(`/jobs/${jobID}/results/result`, { Accept: mediaType })), SIGNATURE);
  });
});
