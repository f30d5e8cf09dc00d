import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operationList, operations } from '../../core/api/operations.ts';
import { processes } from '../../processes/index.ts';
import { memoryService } from '../support/memory-service.ts';

const { get, call, baseUrl } = memoryService();
type Link = { readonly href: string; readonly rel: string; readonly type?: string };
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const EX = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const findLink = (links: Link[], rel: string, type?: string) =>
  links.find((link) => link.rel === rel && (type === undefined || link.type === type));

describe('the landing page', () => {
  test('/req/core/landingpage-op, /req/core/landingpage-success: leads to the API definition, conformance and processes', async () => {
    for (const path of ['', '/']) {
      const { status, json } = await get(path);
      assert.equal(status, 200);
      for (const rel of ['service-desc', 'service-doc', `${REL}/conformance`, `${REL}/processes`]) {
        const link = findLink(json.links, rel);
        assert.equal((await get(link!.href)).status, 200, rel);
      }
    }
  });

  test('/rec/job-list/job-list-landing-page: leads to the jobs', async () => {
    const link = findLink((await get('/')).json.links, `${REL}/job-list`);
    assert.deepEqual((await get(link!.href)).json.jobs, []);
  });

  test('/req/core/api-definition-op, /req/core/api-definition-success: every link to a definition gives one', async () => {
    const links = ((await get('/')).json.links as Link[]).filter(({ rel }) => rel.startsWith('service-'));
    assert.equal(links.length, 3);
    for (const { href, type, rel } of links) {
      const { status, headers, text } = await get(href);
      assert.equal(status, 200);
      assert.ok(headers.get('content-type')?.startsWith(type!), href);
      if (rel === 'service-desc') assert.match(JSON.parse(text).openapi, /^3\.[01]\.\d+$/);
      else assert.match(text, /^<!doctype html>/);
    }
  });

  test('/req/oas/definition: offers the definition in its exact media types', async () => {
    const { links } = (await get('/')).json;
    assert.ok(findLink(links, 'service-desc', 'application/vnd.oai.openapi+json;version=3.0'));
    assert.ok(findLink(links, 'service-desc', 'application/vnd.oai.openapi+json;version=3.1'));
    assert.ok(findLink(links, 'service-doc', 'text/html'));
  });
});

test('/req/core/conformance-op: says what is implemented, in both versions', async () => {
  const { status, json } = await get('/conformance');
  assert.equal(status, 200);
  for (const name of [
    'core',
    'ogc-process-description',
    'json',
    'html',
    'oas30',
    'job-list',
    'callback',
    'dismiss',
  ]) {
    for (const version of ['1.0', '2.0']) {
      const uri = `http://www.opengis.net/spec/ogcapi-processes-1/${version}/conf/${name}`;
      assert.ok(json.conformsTo.includes(uri), uri);
    }
  }
});

describe('the list of processes', () => {
  test('/req/core/process-list-op, /req/core/process-list-success: has summaries and links', async () => {
    const { status, json } = await get('/processes');
    assert.equal(status, 200);
    for (const summary of json.processes) {
      assert.equal(typeof summary.id, 'string');
      assert.equal(typeof summary.version, 'string');
      assert.deepEqual(summary.outputTransmission, ['value', 'reference']);
    }
    assert.ok(Array.isArray(json.links));
  });

  test('/req/core/pl-limit-definition: an integer from 1; a hundred where it is not given, so that clients that do not page see all', async () => {
    assert.equal((await get('/processes')).json.processes.length, Math.min(processes.length, 100));
    for (const limit of ['0', '-1', 'abc', '1.5', '', '1&limit=2']) {
      const { status, json } = await get(`/processes?limit=${limit}`);
      assert.equal(status, 400, limit);
      assert.equal(json.type, `${EX}/invalid-query-parameter-value`);
    }
  });

  test('/req/core/pl-limit-response, /per/core/limit-response, /per/core/limit-default-minimum-maximum: never more than the limit; a large one is lowered', async () => {
    assert.equal((await get('/processes?limit=1')).json.processes.length, 1);
    const { status, json } = await get('/processes?limit=1000000');
    assert.equal(status, 200);
    assert.equal(json.processes.length, processes.length);
  });

  test('/req/core/pl-links: links to itself and to the page', async () => {
    const { links } = (await get('/processes?limit=2')).json;
    assert.equal(findLink(links, 'self')!.href, `${baseUrl}/processes?limit=2`);
    const page = await get(findLink(links, 'alternate', 'text/html')!.href);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  });

  test('/rec/core/next-1, /rec/core/next-2, /rec/core/next-3, /per/core/prev: next leads to those not yet seen, once each', async () => {
    const seen: string[] = [];
    let href: string | undefined = '/processes?limit=2';
    for (let page = 0; href !== undefined && page <= processes.length; page++) {
      const { json } = await get(href);
      seen.push(...json.processes.map(({ id }: { id: string }) => id));
      href = findLink(json.links, 'next')?.href;
      if (page > 0) assert.ok(findLink(json.links, 'prev'));
    }
    assert.deepEqual(
      seen,
      processes.map(({ id }) => id),
    );
  });

  test('/req/core/process-summary-links: each summary leads to its description, also as a page', async () => {
    for (const { id, links } of (await get('/processes?limit=1000')).json.processes) {
      assert.equal((await get(findLink(links, 'self')!.href)).json.id, id);
      assert.match((await get(findLink(links, 'alternate')!.href)).text, /<table/);
    }
  });

  test('can be searched, and keeps what was asked in its links', async () => {
    const { json } = await get('/processes?q=echo&limit=1');
    assert.deepEqual([json.numberMatched, json.numberReturned], [2, 1]);
    assert.match(findLink(json.links, 'next')!.href, /q=echo&limit=1&offset=1$/);
    assert.deepEqual((await get('/processes?q=no-such-thing')).json.processes, []);
  });
});

test('/req/core/test-process, /rec/core/test-process: there is a process to test with, which can be slow', async () => {
  const { inputs } = (await get('/processes/echo')).json;
  assert.equal(inputs.pause.schema.type, 'integer');
});

describe('HTTP', () => {
  test('/req/core/http: an unknown method on a known path is 405 with Allow', async () => {
    const { status, headers, json } = await call('/processes', { method: 'PUT', body: {} });
    assert.equal(status, 405);
    assert.equal(headers.get('allow'), 'GET, HEAD, OPTIONS');
    assert.equal(json.status, 405);
  });

  for (const { method, path, isUnsafe } of operationList.filter((operation) => operation.method === 'GET')) {
    if (isUnsafe) continue;
    const example = path
      .replace('{processID}', 'echo')
      .replace('{jobID}', 'none')
      .replace('{outputID}', 'message');
    test(`/rec/core/http-head: HEAD ${path} answers as GET does, without the body`, async () => {
      const [head, whole] = [await call(example, { method: 'HEAD' }), await call(example, { method })];
      assert.equal(head.status, whole.status);
      // The body of one answer may say another number of milliseconds than that of the next.
      if (path === operations.getHealth.path)
        for (const { headers } of [head, whole]) headers.delete('content-length');
      assert.deepEqual([...head.headers], [...whole.headers]);
      assert.equal(head.bytes.length, 0);
      assert.ok(whole.bytes.length > 0);
    });
  }

  test('/rec/core/cross-origin, /rec/core/access-control-expose-headers: pages of any origin may read, also errors', async () => {
    for (const path of ['/', '/processes/none']) {
      const { headers } = await get(path, { Origin: 'https://example.com' });
      assert.equal(headers.get('access-control-allow-origin'), '*');
      const exposed = headers.get('access-control-expose-headers') ?? '';
      for (const name of ['Location', 'Link', 'Preference-Applied', 'Content-Location', 'ETag']) {
        assert.ok(exposed.includes(name), name);
      }
    }
  });

  test('what depends on the deployment only has an entity tag, and 304 for who has it', async () => {
    for (const path of ['/', '/conformance', '/api', '/processes', '/processes/echo']) {
      const first = await get(path);
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"[\w-]{22}"$/);
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await get(path, { 'If-None-Match': known });
        assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag]);
      }
      assert.equal((await get(path, { 'If-None-Match': '"x"' })).status, 200);
      assert.notEqual((await get(`${path}?f=html`)).headers.get('etag'), etag);
    }
    const jobs = await get('/jobs');
    assert.deepEqual([jobs.headers.get('etag'), jobs.headers.get('cache-control')], [null, 'no-store']);
  });

  test('/rec/core/problem-details: errors are problem documents, under their own media type for who names it', async () => {
    const plain = await get('/processes/none');
    assert.equal(plain.headers.get('content-type'), 'application/json');
    const named = await get('/processes/none', { Accept: 'application/problem+json, application/json' });
    assert.equal(named.headers.get('content-type'), 'application/problem+json');
    assert.deepEqual(Object.keys(named.json), ['type', 'title', 'status', 'detail', 'instance']);
  });

  test('/req/core/process-exception/no-such-process: on every operation below the process', async () => {
    for (const answer of [
      await get('/processes/none'),
      await call('/processes/none/execution', { method: 'POST', body: { inputs: {} } }),
      await get('/processes/none/execution?a=1'),
    ]) {
      assert.deepEqual([answer.status, answer.json.type], [404, `${EX}/no-such-process`]);
    }
  });
});

describe('representations', () => {
  const resources = ['/', '/conformance', '/processes', '/processes/echo', '/jobs', '/api'];

  test('/req/json/definition, /per/json/media-types: every resource is there as JSON, and is that without Accept', async () => {
    for (const path of resources) {
      for (const accept of [undefined, 'application/json', '*/*', 'text/html;q=0.5, application/json']) {
        const { status, headers, json } = await get(path, accept === undefined ? {} : { Accept: accept });
        assert.equal(status, 200);
        assert.match(headers.get('content-type') ?? '', /^application\/(json|vnd\.oai\.openapi\+json)/);
        assert.equal(typeof json, 'object');
      }
    }
  });

  test('/req/html/definition, /rec/core/html, /per/html/media-types: and as a page, for browsers and by f=html', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const path of resources) {
      for (const answer of [await get(path, { Accept: browser }), await get(`${path}?f=html`)]) {
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
        assert.equal(answer.headers.get('content-language'), 'en');
        assert.match(answer.text, /^<!doctype html>\n<html lang="en">/);
      }
    }
  });

  test('/req/html/content: a page has every link of the JSON, and every text', async () => {
    for (const path of resources.filter((resource) => resource !== '/api')) {
      const { json } = await get(path);
      const page = (await get(`${path}?f=html`)).text.replaceAll('&amp;', '&');
      const links: Link[] = [
        ...json.links,
        ...(json.processes ?? []).map((process: { links: Link[] }) => process.links[1]),
      ];
      for (const { href, rel } of links) {
        if (rel === 'self' || rel === 'alternate') continue;
        // What leads on from a page leads to pages.
        const onward = href.replace('?', '?f=html&');
        assert.ok(page.includes(`href="${href}"`) || page.includes(`href="${onward}"`), `${path}: ${href}`);
      }
    }
    const { json } = await get('/processes/echo');
    const page = (await get('/processes/echo?f=html')).text;
    for (const text of [json.id, json.version, json.title, json.description, ...json.keywords])
      assert.ok(page.includes(text));
    for (const id of [...Object.keys(json.inputs), ...Object.keys(json.outputs)])
      assert.ok(page.includes(`<code>${id}</code>`));
  });

  test('what is not offered is 406, and an unknown f is 400', async () => {
    assert.equal((await get('/processes', { Accept: 'application/xml' })).status, 406);
    const { status, json } = await get('/processes?f=xml');
    assert.equal(status, 400);
    assert.equal(json.errors[0].pointer, '?f');
  });

  test('a page escapes what comes from outside', async () => {
    const { text, status } = await get('/jobs/%3Cscript%3Ealert(1)%3C%2Fscript%3E?f=html', {
      Accept: 'text/html',
    });
    assert.equal(status, 404);
    assert.ok(!text.includes('<script>'));
    assert.ok(text.includes('&lt;script&gt;'));
  });
});

describe('profiles', () => {
  test('/req/query-param-profile/response, /rec/query-param-profile/link-header, /rec/core/header-profile-link: responses link to theirs', async () => {
    for (const [path, profile] of [
      ['/processes', 'ogc-process-list'],
      ['/processes/echo', 'ogc-process-description'],
      ['/jobs', 'jobs-list'],
    ] as const) {
      const link = (await get(path)).headers.get('link');
      assert.equal(link, `<https://www.opengis.net/def/profile/OGC/0/${profile}>; rel="profile"`);
    }
  });

  test('/rec/query-param-profile/negotiation, /per/query-param-profile/default, /per/query-param-profile/profiles-of-media-type: an unknown one is no error', async () => {
    for (const path of ['/processes', '/processes/echo', '/jobs', '/']) {
      assert.equal((await get(`${path}?profile=nonsense`)).status, 200);
      assert.equal((await get(path, { 'Accept-Profile': '<https://example.org/none>' })).status, 200);
    }
  });
});
