import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { unlessBroken } from './support/emulator-bugs.ts';

/** What API Gateway and the bucket make of lengths, ranges, encodings and redirects of files. */
const { get, call, start, waitFor, execute } = serviceFromEnvironment();
const flatgeobuf = 'application/flatgeobuf';
const points = (count: number) => ({
  type: 'FeatureCollection',
  features: Array.from({ length: count }, (_, k) => ({
    type: 'Feature',
    properties: { k },
    geometry: { type: 'Point', coordinates: [10 + (k % 50) / 100, 50 + Math.floor(k / 50) / 100] },
  })),
});

async function result(count: number, mediaType: string): Promise<string> {
  const inputs = { features: points(count), distance: 100, quadrantSegments: 32 };
  const jobID = await start('buffer', { inputs, outputs: { result: { format: { mediaType } } } });
  await waitFor(jobID, ['successful']);
  return `/jobs/${jobID}/results/result`;
}

describe('a file result', () => {
  test('that comes through the API: HEAD tells its length, Range brings parts of it', async () => {
    const path = await result(20, flatgeobuf);
    const headers = { Accept: flatgeobuf };
    const whole = await get(path, headers);
    assert.equal(whole.status, 200, whole.text);
    const head = await call(path, { method: 'HEAD', headers });
    assert.deepEqual(
      [head.status, head.bytes.length, Number(head.headers.get('content-length'))],
      [200, 0, whole.bytes.length],
    );
    for (const name of ['content-type', 'etag', 'accept-ranges', 'content-disposition'])
      assert.equal(head.headers.get(name), whole.headers.get(name), name);
    const part = await get(path, { ...headers, Range: 'bytes=1000-1999' });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes 1000-1999/${whole.bytes.length}`);
    assert.deepEqual(part.bytes, whole.bytes.slice(1000, 2000));
    assert.equal((await get(path, { ...headers, Range: 'bytes=9999999-' })).status, 416);
    assert.equal((await get(path, { ...headers, 'If-None-Match': whole.headers.get('etag')! })).status, 304);
  });

  test('that comes from the bucket: each method is led to an address that it may use', async () => {
    const path = await result(3000, flatgeobuf);
    const [toGet, toHead] = [await get(path), await call(path, { method: 'HEAD' })];
    assert.deepEqual([toGet.status, toHead.status], [303, 303]);
    const whole = await get(toGet.headers.get('location')!);
    assert.equal(whole.status, 200);
    assert.ok(whole.bytes.length > 4 * 1024 * 1024);
    const head = await call(toHead.headers.get('location')!, { method: 'HEAD' });
    assert.equal(Number(head.headers.get('content-length')), whole.bytes.length);
    assert.deepEqual(
      [head, whole].map(({ headers }) => headers.get('content-type')),
      [flatgeobuf, flatgeobuf],
    );
    assert.match(whole.headers.get('content-disposition') ?? '', /filename="buffer-result\.fgb"/);
    const part = await get(toGet.headers.get('location')!, { Range: 'bytes=0-7' });
    assert.deepEqual([part.status, part.bytes], [206, whole.bytes.slice(0, 8)]);
  });

  test('of a synchronous execution by reference is one at its address', async () => {
    const format = { mediaType: flatgeobuf };
    const answer = await execute('buffer', {
      inputs: { features: points(2), distance: 10 },
      outputs: { result: { format, transmissionMode: 'reference' } },
      response: 'document',
    });
    const file = await get(answer.json.result.href, { Range: 'bytes=0-2' });
    assert.deepEqual([file.status, file.text], [206, 'fgb']);
  });
});

test('features beyond 6 MB come in shorter pages', async () => {
  const path = await result(2000, 'application/geo+json');
  const items = `/collections/${path.split('/')[2]}.result/items?limit=2000`;
  const { status, json, bytes } = await get(items);
  assert.equal(status, 200);
  assert.ok(
    bytes.length < 4_600_000 && json.numberReturned < 2000,
    `${bytes.length}, ${json.numberReturned}`,
  );
  const next = json.links.find(({ rel }: { rel: string }) => rel === 'next').href;
  assert.equal((await get(next)).json.features[0].id, json.numberReturned + 1);
});

test('text is compressed for who takes it, and is the same', unlessBroken('compressedBodies'), async () => {
  const plain = await get('/api', { Accept: 'application/json', 'Accept-Encoding': 'identity' });
  assert.equal(plain.headers.get('content-encoding'), null);
  for (const encoding of ['gzip', 'br']) {
    // Fetch decodes what comes.
    const answer = await get('/api', { Accept: 'application/json', 'Accept-Encoding': encoding });
    assert.equal(answer.headers.get('content-encoding'), encoding);
    assert.equal(answer.text, plain.text);
    assert.ok(Number(answer.headers.get('content-length')) * 8 < plain.bytes.length);
    const again = { Accept: 'application/json', 'Accept-Encoding': encoding };
    const known = await get('/api', { ...again, 'If-None-Match': answer.headers.get('etag')! });
    assert.equal(known.status, 304);
  }
});

test('crawlers find out what they may read', async () => {
  const { status, text, headers } = await get('/robots.txt');
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^text\/plain/);
  assert.match(text, /^Disallow: .*\/jobs$/m);
});
