import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../support/memory-service.ts';

/** Results are files: what GIS software, browsers and download tools need of them besides their bytes. */
const { get, call, execute, ports } = memoryService({ settings: { inlineResultBytes: 40_000 } });
const point = { type: 'Point', coordinates: [10, 50] };
const flatgeobuf = 'application/flatgeobuf';

async function job(processID: string, body: object): Promise<string> {
  const { json, text } = await execute(processID, body, { Prefer: 'respond-async' });
  assert.ok(json.jobID, text);
  await ports.workflow.settled();
  return `/jobs/${json.jobID}`;
}
const buffer = (mediaType: string, coordinates: object = point) =>
  job('buffer', {
    inputs: { features: coordinates, distance: 100 },
    outputs: { result: { format: { mediaType } } },
  });
const small = await buffer(flatgeobuf);
const geojson = await buffer('application/geo+json');
const many = Array.from({ length: 200 }, (_, index) => [10 + index / 100, 50]);
const large = await buffer(flatgeobuf, { type: 'MultiPoint', coordinates: many });

describe('a file result', () => {
  test('/req/html/definition: leads who takes only HTML to the page of its job, which links to it', async () => {
    for (const path of [`${small}/results/result`, `${small}/results`, `${geojson}/results`]) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await call(path, { method, headers: { Accept: 'text/html' } });
        assert.equal(status, 303);
        const page = await get(headers.get('location')!);
        assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
        assert.ok(page.text.includes(`${path.split('/results')[0]}/results/result"`), page.text);
      }
      // Browsers take anything else too, and get the file.
      assert.equal((await get(path, { Accept: 'text/html,application/xml;q=0.9,*/*;q=0.8' })).status, 200);
      assert.equal((await get(path, { Accept: 'video/mp4' })).status, 406);
    }
  });

  for (const path of [`${small}/results/result`, `${small}/results`, `${geojson}/results/result`]) {
    test(`${path.replace(/[0-9a-f-]{36}/, '{jobID}')} answers HEAD, Range, and again by its entity tag`, async () => {
      const whole = await get(path);
      assert.equal(whole.status, 200);
      assert.equal(whole.headers.get('accept-ranges'), 'bytes');
      const etag = whole.headers.get('etag')!;
      assert.match(etag, /^"[\w-]+"$/);

      const head = await call(path, { method: 'HEAD' });
      assert.deepEqual([head.status, [...head.headers]], [200, [...whole.headers]]);
      assert.equal(Number(head.headers.get('content-length')), whole.bytes.length);

      const size = whole.bytes.length;
      for (const [range, first, end] of [
        ['bytes=0-7', 0, 8],
        ['bytes=100-', 100, size],
        ['bytes=-9', size - 9, size],
        [`bytes=10-${size * 2}`, 10, size],
      ] as const) {
        const part = await get(path, { Range: range });
        assert.equal(part.status, 206);
        assert.equal(part.headers.get('content-range'), `bytes ${first}-${end - 1}/${size}`);
        assert.equal(part.headers.get('content-type'), whole.headers.get('content-type'));
        assert.deepEqual(part.bytes, whole.bytes.slice(first, end));
      }
      assert.equal((await get(path, { 'If-None-Match': etag })).status, 304);
      assert.equal((await get(path, { Range: 'bytes=0-7', 'If-Range': etag })).status, 206);
      assert.equal((await get(path, { Range: 'bytes=0-7', 'If-Range': '"other"' })).status, 200);
      assert.equal((await get(path, { Range: 'bytes=0-7,9-9' })).status, 200);
    });
  }

  test('is answered only if it is the one that If-Match names (RFC 9110, 13.1.1)', async () => {
    const path = `${small}/results/result`;
    const etag = (await get(path)).headers.get('etag')!;
    for (const condition of [etag, `"other", ${etag}`, '*'])
      assert.equal((await get(path, { 'If-Match': condition })).status, 200, condition);
    // The comparison is strong.
    for (const condition of ['"other"', `W/${etag}`]) {
      const { status, json } = await get(path, { 'If-Match': condition });
      assert.deepEqual([status, json.title], [412, 'Precondition failed']);
      assert.ok(json.detail.includes(etag), json.detail);
    }
  });

  test('of a job under a condition that the job cannot meet: nothing is dismissed', async () => {
    const { status } = await call(small, { method: 'DELETE', headers: { 'If-Match': '"a"' } });
    assert.deepEqual([status, (await get(small)).json.status], [412, 'successful']);
    assert.equal((await get(small, { 'If-Match': '"a"' })).status, 412);
    assert.equal((await get(small, { 'If-Match': '*' })).status, 200);
  });

  test('of a job only if it is not there: nothing is dismissed (RFC 9110, 13.1.2)', async () => {
    const { status, json } = await call(small, { method: 'DELETE', headers: { 'If-None-Match': '*' } });
    assert.deepEqual([status, json.title], [412, 'Precondition failed']);
    assert.equal((await get(small)).json.status, 'successful');
  });

  test('has no bytes beyond its end: 416 says how many there are', async () => {
    const { status, headers, json } = await get(`${small}/results/result`, { Range: 'bytes=999999-' });
    const size = (await get(`${small}/results/result`)).bytes.length;
    assert.deepEqual([status, headers.get('content-range'), json.status], [416, `bytes */${size}`, 416]);
  });

  test('that is large is a redirect, for each method to an address that it may use', async () => {
    const path = `${large}/results/result`;
    for (const [method, signature] of [
      ['GET', 'test'],
      ['HEAD', 'test-head'],
    ] as const) {
      for (const headers of [{}, { Range: 'bytes=0-7' }]) {
        const answer = await call(path, { method, headers });
        assert.equal(answer.status, 303);
        const address = new URL(answer.headers.get('location')!);
        assert.equal(address.searchParams.get('signature'), signature);
        assert.equal(address.searchParams.get('filename'), 'buffer-result.fgb');
      }
    }
  });

  test('is saved under the names of its process and output, with the ending of its format', async () => {
    const tiff = 'image/tiff';
    const echoed = await job('echo', {
      inputs: { message: 'x', image: 'SUkqAAgAAAA=' },
      outputs: { image: { format: { mediaType: tiff } } },
    });
    const several = await job('echo', { inputs: { message: 'x', numbers: [1] } });
    for (const [path, headers, name] of [
      [`${small}/results`, {}, 'buffer-result.fgb'],
      [`${geojson}/results/result`, {}, 'buffer-result.geojson'],
      [`${geojson}/results/result`, { Accept: 'application/json' }, 'buffer-result.geojson'],
      [`${echoed}/results`, {}, 'echo-image.tif'],
      [`${several}/results/message`, { Accept: 'text/plain' }, 'echo-message.txt'],
      [`${several}/results`, {}, 'echo-results.json'],
    ] as const) {
      const answer = await get(path, headers);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-disposition'), `inline; filename="${name}"`);
    }
  });

  test('runs nothing in a browser, whatever its type is, and is not looked into for another one', async () => {
    for (const path of [`${small}/results`, `${geojson}/results/result`]) {
      const { headers } = await get(path);
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*; sandbox$/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });
});

describe('what links announce', () => {
  test('is answered when it is asked for: each link of each resource, by its type', async () => {
    const list = (await get('/jobs')).json.jobs[0].jobID;
    const collections = (await get('/collections')).json.collections;
    const items = `/collections/${collections[0].id}/items`;
    const starts = [
      '/',
      '/processes',
      '/processes/buffer',
      '/jobs',
      `/jobs/${list}`,
      small,
      '/collections',
      items,
    ];
    const tried = new Set<string>();
    for (const start of starts) {
      for (const { href, type, rel } of (await get(start)).json.links) {
        const isOurs = href.startsWith('https://example.org/v1');
        // A link to an execution is followed by POST.
        if (
          !isOurs ||
          type === undefined ||
          rel.endsWith('/execute') ||
          rel.endsWith('#dry-run') ||
          tried.has(`${href} ${type}`)
        )
          continue;
        tried.add(`${href} ${type}`);
        const answer = await get(href, { Accept: type });
        assert.equal(answer.status, 200, `${href} as ${type}: ${answer.text.slice(0, 300)}`);
        const essence = (text: string | null) => (text ?? '').split(';')[0];
        assert.equal(essence(answer.headers.get('content-type')), essence(type), href);
      }
    }
    assert.ok(tried.size > 25, String(tried.size));
  });

  test('features are GeoJSON by their own name and by that of JSON', async () => {
    const [{ id }] = (await get('/collections')).json.collections;
    for (const path of [`/collections/${id}/items`, `/collections/${id}/items/1`]) {
      for (const [accept, type] of [
        ['application/geo+json', 'application/geo+json'],
        ['*/*', 'application/geo+json'],
        ['application/json', 'application/json'],
        ['application/geo+json, application/json;q=0.5', 'application/geo+json'],
        ['text/html', 'text/html; charset=utf-8'],
      ] as const) {
        const answer = await get(path, { Accept: accept });
        assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, type]);
      }
    }
  });
});

describe('what is wrong', () => {
  test('is told before what cannot be written as it is asked for: never 406 in its place', async () => {
    const odd = { Accept: 'video/mp4' };
    for (const [path, status] of [
      ['/processes/none', 404],
      ['/jobs/none', 404],
      ['/jobs/none/results', 404],
      ['/collections/none', 404],
      ['/collections/none/items', 404],
      ['/jobs?limit=0', 400],
      ['/processes/buffer', 406],
    ] as const) {
      const answer = await get(path, odd);
      assert.deepEqual([answer.status, answer.json.status], [status, status], path);
    }
    assert.equal((await call('/jobs/none', { method: 'DELETE', headers: odd })).status, 404);
    const post = { method: 'POST', headers: odd, body: { inputs: {} } };
    assert.equal((await call('/processes/none/execution', post)).status, 404);
  });

  test('is never what was done: a job is dismissed whatever the client takes', async () => {
    const path = await job('echo', { inputs: { message: 'x' } });
    const { status, json } = await call(path, { method: 'DELETE', headers: { Accept: 'video/mp4' } });
    assert.deepEqual([status, json.status], [200, 'dismissed']);
  });

  test('an explicit format that Accept excludes is 406 before any work', async () => {
    const before = ports.workers.tasks.length;
    const body = {
      inputs: { features: point, distance: 1 },
      outputs: { result: { format: { mediaType: flatgeobuf } } },
    };
    for (const accept of ['application/json', 'video/mp4', 'application/geo+json']) {
      for (const prefer of [{}, { Prefer: 'wait=5' }]) {
        const { status, json } = await execute('buffer', body, { Accept: accept, ...prefer });
        assert.equal(status, 406, accept);
        assert.match(json.detail, /application\/flatgeobuf/);
      }
    }
    assert.equal(ports.workers.tasks.length, before);
    assert.equal((await execute('buffer', body, { Accept: `${flatgeobuf}, */*;q=0.1` })).status, 200);
  });
});
