import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { memoryService } from '../../support/memory-service.ts';

const { get, call, execute, ports } = memoryService();
const decoders = { gzip: gunzipSync, br: brotliDecompressSync };
const accept = { Accept: 'application/json' };

async function result(mediaType: string): Promise<string> {
  const points = Array.from({ length: 100 }, (_, index) => [index / 100, 50]);
  const body = {
    inputs: { features: { type: 'MultiPoint', coordinates: points }, distance: 10 },
    outputs: { result: { format: { mediaType } } },
  };
  const { json } = await execute('buffer', body, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  return `/jobs/${json.jobID}/results/result`;
}

describe('compression', () => {
  for (const [accepted, encoding] of [
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
  ] as const) {
    test(`is ${encoding} for Accept-Encoding: ${accepted}, of the same bytes`, async () => {
      const plain = await get('/api', accept);
      const { headers, bytes } = await get('/api', { ...accept, 'Accept-Encoding': accepted });
      assert.equal(headers.get('content-encoding'), encoding);
      assert.equal(decoders[encoding](bytes).toString(), plain.text);
      assert.ok(bytes.length * 8 < plain.bytes.length, `${bytes.length} of ${plain.bytes.length}`);
      assert.match(headers.get('vary') ?? '', /Accept-Encoding/);
      // Another encoding is not the same bytes; the tag says so, and is still good for asking again.
      assert.equal(headers.get('etag'), `W/${plain.headers.get('etag')}`);
      const known = { ...accept, 'Accept-Encoding': accepted, 'If-None-Match': headers.get('etag')! };
      assert.equal((await get('/api', known)).status, 304);
    });
  }

  test('is left out where it is not wanted, gains nothing, or a client may not get bytes', async () => {
    const plain: [path: string, headers: Record<string, string>][] = [
      ['/api', accept],
      ['/api', { ...accept, 'Accept-Encoding': 'identity' }],
      ['/api', { ...accept, 'Accept-Encoding': 'zstd' }],
      ['/processes?limit=1&q=none', { ...accept, 'Accept-Encoding': 'gzip' }],
      ['/api', { 'Accept-Encoding': 'gzip' }],
    ];
    for (const [path, headers] of plain)
      assert.equal((await get(path, headers)).headers.get('content-encoding'), null);
  });

  test('is for text, and neither for files that are compressed already nor for parts and lengths of files', async () => {
    const all = { Accept: '*/*', 'Accept-Encoding': 'gzip' };
    const geojson = await result('application/geo+json');
    const { headers, bytes } = await get(geojson, all);
    assert.equal(headers.get('content-encoding'), 'gzip');
    assert.equal(JSON.parse(gunzipSync(bytes).toString()).type, 'FeatureCollection');
    const part = await get(geojson, { ...all, Range: 'bytes=0-1023' });
    assert.deepEqual([part.headers.get('content-encoding'), part.bytes.length], [null, 1024]);
    const head = await call(geojson, { method: 'HEAD', headers: all });
    assert.equal(head.headers.get('content-encoding'), null);
    assert.equal(Number(head.headers.get('content-length')), gunzipSync(bytes).length);
    const flatgeobuf = await get(await result('application/flatgeobuf'), all);
    assert.equal(flatgeobuf.headers.get('content-encoding'), null);
  });

  test('is off where a deployment turns it off', async () => {
    process.env['COMPRESSION'] = 'off';
    try {
      const { headers } = await get('/api', { ...accept, 'Accept-Encoding': 'gzip' });
      assert.equal(headers.get('content-encoding'), null);
    } finally {
      delete process.env['COMPRESSION'];
    }
  });
});
