import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collectionID } from '../../core/features/collection.ts';
import { exampleJob } from '../support/jobs.ts';
import { memoryService } from '../support/memory-service.ts';

/** What Lambda hands over at most, to a function and from it. Emulators hand over everything. */
const LAMBDA_BYTES = 6_291_456;
const service = memoryService();
const { get, execute, ports, baseUrl } = service;

interface Page {
  readonly features: readonly { readonly id: string | number }[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly numberMatched: number;
  readonly numberReturned: number;
}

/** A collection of points with a property of so many characters each. */
async function collection(count: number, characters: number): Promise<string> {
  const job = exampleJob({
    owner: 'anonymous',
    processID: 'buffer',
    status: 'successful',
    request: {
      processID: 'buffer',
      dialect: '2.0',
      outputs: [{ id: 'result' }],
      outputsNamed: false,
      response: 'raw',
    },
  });
  const { jobID } = job;
  const features = Array.from({ length: count }, (_, id) => ({
    type: 'Feature',
    id,
    properties: { text: '"'.repeat(characters) },
    geometry: { type: 'Point', coordinates: [id / 100, 50] },
  }));
  const mediaType = 'application/geo+json';
  const bytes = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
  const key = `jobs/${jobID}/outputs/result.geojson`;
  const outputs = [{ id: 'result', mediaType, size: bytes.length, encoding: 'json', key }];
  await ports.storage.put(key, bytes, mediaType);
  const manifest = JSON.stringify({ processID: 'buffer', outputs });
  await ports.storage.put(`jobs/${jobID}/results.json`, manifest, 'application/json');
  await ports.jobs.create(job);
  return `/collections/${collectionID({ jobID, outputID: 'result' })}/items`;
}

/** Every page from a path on, by following `next`. */
async function pagesFrom(path: string): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < 50; ) {
    const { status, json, bytes } = await get(next);
    assert.equal(status, 200);
    assert.ok(bytes.length < 4_600_000, String(bytes.length));
    pages.push(json);
    next = json.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
  }
  return pages;
}

describe('answers that would be larger than Lambda hands over', () => {
  test('features: pages are shorter than asked for, and next goes on where they end', async () => {
    // 13 MB, of which three quarters are what JSON makes of quotes.
    const pages = await pagesFrom(`${await collection(2000, 3300)}?limit=2000`);
    assert.ok(pages.length >= 3);
    assert.deepEqual(
      pages.flatMap(({ features }) => features.map(({ id }) => id)),
      Array.from({ length: 2000 }, (_, id) => id),
    );
    for (const { numberMatched, numberReturned, features } of pages)
      assert.deepEqual([numberMatched, numberReturned], [2000, features.length]);
  });

  test('a feature that does not fit alone: an error that says where the file is', async () => {
    const path = await collection(2, 2_400_000);
    for (const address of [path, `${path}/1`]) {
      const { status, json } = await get(address);
      assert.equal(status, 413);
      assert.match(json.detail, /is too large for a response.*results\/result$/);
    }
  });

  test('features as a page: quick and short, whatever they have', async () => {
    const { status, bytes } = await get(`${await collection(1200, 3000)}?limit=1200&f=html`);
    assert.equal(status, 200);
    assert.ok(bytes.length < 4_000_000, String(bytes.length));
  });

  test('jobs with many faults: fewer on a page, all by following next', async () => {
    const fault = { pointer: '/inputs/x', detail: '"'.repeat(480) };
    const detail = 'x'.repeat(4000);
    const exception = {
      type: 'about:blank',
      title: 'No',
      status: 400,
      detail,
      errors: Array(100).fill(fault),
    };
    const ids: string[] = [];
    for (let index = 0; index < 100; index++) {
      const created = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString();
      const job = exampleJob({ owner: 'anonymous', status: 'failed', created, exception });
      ids.push(job.jobID);
      await ports.jobs.create(job);
    }
    const found: string[] = [];
    let pages = 0;
    for (let next: string | undefined = '/jobs?status=failed&limit=1000'; next !== undefined; pages++) {
      const { status, json, bytes } = await get(next);
      assert.equal(status, 200);
      assert.ok(bytes.length < 4_600_000 && pages < 20);
      found.push(...json.jobs.map(({ jobID }: { jobID: string }) => jobID));
      next = json.links.find(({ rel }: { rel: string }) => rel === 'next')?.href;
    }
    assert.ok(pages > 1);
    assert.deepEqual(found, ids.reverse());
  });

  test('a map of results: text that JSON makes too long is a link', async () => {
    const small = memoryService({ settings: { inlineResultBytes: 100_000 } });
    const message = '"'.repeat(60_000);
    const { json } = await small.execute(
      'echo',
      { inputs: { message, numbers: [1] } },
      { Prefer: 'respond-async' },
    );
    await small.ports.workflow.settled();
    const results = await small.get(`/jobs/${json.jobID}/results`);
    assert.equal(results.json.message.href, `${baseUrl}/jobs/${json.jobID}/results/message`);
    assert.deepEqual(results.json.numbers, [1]);
  });
});

describe('requests that grow', () => {
  test('on the way to the worker go by way of the bucket', async () => {
    // 4 MB of `1e20` are 17.6 MB of digits.
    const numbers = Array(800_000).fill('1e20').join();
    const body = `{"inputs":{"message":"a","numbers":[${numbers}]},"outputs":{"message":{}}}`;
    const { status, json, text } = await execute('echo', body);
    assert.deepEqual([status, json], [200, 'a'], text.slice(0, 300));
    const { task } = ports.workers.tasks.at(-1)!;
    assert.ok(JSON.stringify(task).length < LAMBDA_BYTES);
    assert.equal(ports.storage.keys('sync/').length, 1);
  });

  test('not at all are sent along', async () => {
    const before = ports.storage.keys('sync/').length;
    const message = 'x'.repeat(2_000_000);
    const body = { inputs: { message, numbers: [1] }, outputs: { numbers: {} } };
    assert.deepEqual((await execute('echo', body)).json, [1]);
    assert.equal(ports.storage.keys('sync/').length, before);
  });

  test('beyond what API Gateway can call a function with are refused with the way that large inputs go', async () => {
    const { status, json } = await execute('echo', { inputs: { message: 'x'.repeat(4_700_000) } });
    assert.equal(status, 413);
    assert.match(json.detail, /POST \/uploads/);
  });
});
