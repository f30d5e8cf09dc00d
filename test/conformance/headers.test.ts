import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cors } from '../../core/api/cors.ts';
import { memoryService } from '../support/memory-service.ts';
import type { Answer, Call } from '../support/service-client.ts';

/** What travels with every answer besides its body. */
const service = memoryService({ settings: { inlineResultBytes: 60_000 } });
const { get, call, execute, ports } = service;
const inputs = { message: 'a', numbers: [1] };

async function job(body: object): Promise<string> {
  const { json } = await execute('echo', body, { Prefer: 'respond-async' });
  await ports.workflow.settled();
  return `/jobs/${json.jobID}`;
}

const removed = await job({ inputs });
await call(removed, { method: 'DELETE' });
const broken = await job({ inputs: { message: { href: 'https://data.example/none' } } });
const post = (body: unknown, headers: Record<string, string> = {}): Call => ({
  method: 'POST',
  body,
  headers,
});
const execution = '/processes/echo/execution';

/** A way to each status of an error. */
const errors: [status: number, path: string, call: Call][] = [
  [400, '/processes?limit=0', {}],
  [400, '/processes?f=xml', {}],
  [400, execution, post({})],
  [400, `${execution}?nope=1`, {}],
  [400, `${broken}/results`, {}],
  [404, '/processes/none', {}],
  [404, '/jobs/none', { method: 'DELETE' }],
  [404, '/collections/none', {}],
  [405, '/processes', { method: 'PUT', body: {} }],
  [406, '/jobs', { headers: { Accept: 'application/xml' } }],
  [406, execution, post({ inputs }, { Accept: 'video/mp4' })],
  [410, removed, { method: 'DELETE' }],
  [413, execution, post({ inputs: { message: 'x'.repeat(4 * 1024 * 1024) } })],
  [415, execution, post('x', { 'Content-Type': 'text/plain' })],
];

function isReadableAnywhere({ headers }: Answer): void {
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(headers.get('access-control-expose-headers'), cors.exposeHeaders.join(', '));
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.match(headers.get('vary') ?? '', /^Accept(,|$)/);
}

const formatName = (path: string, { method = 'GET' }: Call) =>
  `${method} ${path.replace(/[0-9a-f-]{36}/, 'a')}`;

describe('errors', () => {
  for (const [status, path, options] of errors) {
    test(`/rec/core/problem-details, /rec/core/cross-origin: ${status} of ${formatName(path, options)} is a problem in JSON that pages of any origin can read and nothing stores`, async () => {
      const answer = await call(path, options);
      assert.equal(answer.status, status, answer.text);
      isReadableAnywhere(answer);
      assert.equal(answer.headers.get('content-type'), 'application/json');
      assert.equal(answer.headers.get('content-language'), 'en');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('etag'), null);
      assert.equal(answer.headers.get('link'), null);
      const { type, title, detail, instance, ...rest } = answer.json;
      for (const member of [type, title, detail, instance]) assert.equal(typeof member, 'string');
      assert.ok(URL.canParse(type), type);
      assert.equal(rest.status, status);
    });
  }

  // Where Accept itself is what is wrong, another would make it right.
  for (const [status, path, options] of errors.filter(([status]) => status !== 406)) {
    test(`/rec/core/problem-details: ${status} of ${formatName(path, options)} is a problem by name, and a page for who prefers one`, async () => {
      for (const [accept, type] of [
        ['application/problem+json, application/json', 'application/problem+json'],
        ['text/html', 'text/html; charset=utf-8'],
        ['image/png, */*;q=0.1', 'application/json'],
      ]) {
        const headers = { ...options.headers, Accept: accept! };
        const answer = await call(path, { ...options, headers });
        assert.deepEqual([answer.status, answer.headers.get('content-type')], [status, type]);
        isReadableAnywhere(answer);
      }
    });
  }
});

describe('answers', async () => {
  const path = async (request: object) => `${await job({ inputs, ...request })}/results`;
  const large = { message: 'x'.repeat(100_000) };
  const answers: [name: string, path: string, headers?: Record<string, string>][] = [
    ['a page', '/processes?f=html'],
    ['a list of jobs', '/jobs'],
    ['a job', await job({ inputs })],
    ['a bare value', await path({ outputs: { message: {} } })],
    ['a map', await path({})],
    ['a package', await path({}), { Accept: 'multipart/related' }],
    ['links alone', await path({ outputs: { message: { transmissionMode: 'reference' } } })],
    ['a redirect', await path({ inputs: large, outputs: { message: {} } })],
    ['nothing to be had', await path({ outputs: {} })],
    ['the reason of a failure', `${broken}/results`],
  ];
  for (const [name, path, headers = {}] of answers) {
    test(`/rec/core/http-head: ${name}: HEAD tells all that GET does, but the body`, async () => {
      const [whole, head] = [await get(path, headers), await call(path, { method: 'HEAD', headers })];
      isReadableAnywhere(whole);
      // A presigned address is good for one method.
      const told = ({ status, headers }: Answer) => [
        status,
        [...headers].map(([name, value]) => [name, value.replace(/signature=[\w-]+/, '')]),
      ];
      assert.deepEqual(told(head), told(whole));
      if (whole.status === 303) assert.match(head.headers.get('location') ?? '', /signature=test-head/);
      assert.equal(head.bytes.length, 0);
    });
  }

  test('results vary with all that chooses among them, and are not stored', async () => {
    for (const [, path, headers = {}] of answers.filter(([, path]) => path.endsWith('/results'))) {
      const answer = await get(path, headers);
      assert.equal(answer.headers.get('vary'), 'Accept, Accept-Profile, Prefer, Accept-Encoding');
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
    const executed = await execute('echo', { inputs });
    assert.equal(executed.headers.get('vary'), 'Accept, Accept-Profile, Prefer, Accept-Encoding');
    assert.equal(executed.headers.get('cache-control'), 'no-store');
    assert.equal(executed.headers.get('content-language'), null);
  });

  test('what is the same for everybody says how long, and that it varies, also when it has not changed', async () => {
    for (const path of ['/', '/conformance', '/api', '/processes', '/processes/echo']) {
      const first = await get(path);
      const again = await get(path, { 'If-None-Match': first.headers.get('etag')! });
      assert.deepEqual([first.status, again.status], [200, 304]);
      for (const { headers } of [first, again]) {
        assert.equal(headers.get('vary'), 'Accept, Accept-Encoding');
        assert.match(headers.get('cache-control') ?? '', /^public, max-age=\d+$/);
        assert.equal(headers.get('content-language'), 'en');
      }
      assert.equal(again.headers.get('content-type'), null);
    }
  });

  test('an entity tag of one representation is not that of another, nor good for what is not found', async () => {
    const etag = (await get('/processes/echo')).headers.get('etag')!;
    const known = { 'If-None-Match': etag };
    assert.equal((await get('/processes/echo', { ...known, Accept: 'text/html' })).status, 200);
    assert.equal((await get('/processes/none', { 'If-None-Match': '*' })).status, 404);
    assert.equal((await get('/jobs', { 'If-None-Match': '*' })).status, 200);
  });
});

test('/rec/core/cross-origin: pages of any origin may send every header that means something here', () => {
  const meaningful = [
    'Accept',
    'Accept-Profile',
    'Content-Type',
    'If-None-Match',
    'If-Range',
    'Link',
    'Prefer',
    'Range',
  ];
  const allowed: readonly string[] = cors.allowHeaders;
  assert.deepEqual(
    meaningful.filter((name) => !allowed.includes(name)),
    [],
  );
});
