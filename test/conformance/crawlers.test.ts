import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { operationList, servedOperations } from '../../core/api/operations.ts';
import { definitionAt } from '../../functions/openapi/definition.ts';
import { memoryService } from '../support/memory-service.ts';

const { get, call, execute, ports } = memoryService();

describe('what crawlers and prefetching browsers do by themselves', () => {
  test('/robots.txt closes everything that computes or belongs to somebody, under the base path', async () => {
    const { status, headers, text } = await get('/robots.txt');
    assert.deepEqual([status, headers.get('content-type')], [200, 'text/plain; charset=utf-8']);
    const [first, ...rules] = text.trim().split('\n');
    assert.equal(first, 'User-agent: *');
    const isClosed = (path: string) =>
      rules.some((rule) => {
        const pattern = rule.replace('Disallow: ', '').replaceAll('*', '[^ ]*');
        return new RegExp(`^${pattern}`).test(`/v1${path}`);
      });
    for (const { path, scope } of operationList) {
      const asked = path.replace(/\{\w+\}/g, 'x');
      assert.equal(isClosed(asked), scope !== 'public', asked);
    }
  });

  test('pages lead to no execution without rel=nofollow, nor to addresses that others have written', async () => {
    const href = 'https://data.example/processes/echo/execution?message=x';
    const { json } = await execute('echo', { inputs: { message: href } }, { Prefer: 'respond-async' });
    await ports.workflow.settled();
    for (const path of [
      '/',
      '/processes',
      '/processes/echo',
      '/jobs',
      `/jobs/${json.jobID}`,
      '/api',
      '/conformance',
    ]) {
      const { text } = await get(`${path}?f=html`);
      const links = [...text.matchAll(/<a [^>]*href="([^"]*\/execution[^"]*)"[^>]*>/g)];
      for (const [link] of links) assert.match(link, /rel="[^"]*nofollow"/);
      if (path === '/processes/echo') assert.ok(links.length > 0);
    }
  });

  test('X-Robots-Tag: descriptions may be found, what clients compute may not', async () => {
    const tag = async (path: string) => (await get(path)).headers.get('x-robots-tag');
    assert.equal(await tag('/processes'), 'nofollow');
    for (const path of ['/jobs', '/jobs/none', '/collections', '/processes/echo/execution?message=x'])
      assert.equal(await tag(path), 'noindex, nofollow');
  });

  test('an execution that a browser fetches beforehand is not done', async () => {
    const before = ports.workers.tasks.length;
    for (const headers of [
      { 'Sec-Purpose': 'prefetch;prerender' },
      { Purpose: 'prefetch' },
      { 'X-Moz': 'prefetch' },
    ]) {
      const { status, json } = await get('/processes/echo/execution?message=x', headers as never);
      assert.equal(status, 400);
      assert.match(json.detail, /prefetch/);
    }
    assert.equal(ports.workers.tasks.length, before);
  });
});

describe('execution by GET that is turned off', () => {
  test('is no operation of the deployment: neither class, definition nor method', async () => {
    const allowed = async () => {
      const { headers } = await call('/processes/echo/execution', { method: 'PUT', body: {} });
      return headers.get('allow');
    };
    // Texts are kept by base URL: a deployment does not change its mind.
    const documented = (baseUrl: string) => {
      const { paths } = JSON.parse(definitionAt(baseUrl, '3.1', { mode: 'none' }));
      return Object.keys(paths['/processes/{processID}/execution']).sort();
    };
    const conforms = async () =>
      (await get('/conformance')).json.conformsTo.some((uri: string) => uri.endsWith('/kvp-execute'));
    const path = operationList.map(({ operationId }) => operationId);
    assert.deepEqual([await allowed(), await conforms()], ['POST, GET, OPTIONS', true]);
    process.env['QUERY_EXECUTION'] = 'off';
    try {
      assert.deepEqual([await allowed(), await conforms()], ['POST, OPTIONS', false]);
      assert.deepEqual(documented('https://off.example'), ['parameters', 'post']);
      const served = servedOperations(false).map(({ operationId }) => operationId);
      assert.deepEqual(
        path.filter((operationId) => !served.includes(operationId as never)),
        ['executeProcessByQuery'],
      );
    } finally {
      delete process.env['QUERY_EXECUTION'];
    }
    assert.deepEqual(documented('https://on.example'), ['get', 'parameters', 'post']);
  });
});
