import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';

const { get, call, baseUrl } = serviceFromEnvironment();

test('/req/core/landingpage-success: the deployed service has a landing page whose links start at its base URL', async () => {
  const answer = await get('/');
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  const { links } = answer.json as { links: { href: string; rel: string }[] };
  assert.ok(links.length > 0);
  for (const { href } of links) assert.ok(href.startsWith(baseUrl), href);
});

test('HEAD answers like GET, without a body', async () => {
  const [head, get] = [await call('/conformance', { method: 'HEAD' }), await call('/conformance')];
  assert.equal(head.status, get.status);
  assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
  assert.equal(head.bytes.length, 0);
});

const kinds: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

test('what pages load is served with them: compressed, as its kind, to be kept for ever', async () => {
  const { text } = await get('/processes/buffer?f=html');
  const hrefs = [...text.matchAll(/(?:href|src)="([^"]*\/assets\/[^"]*)"/g)].map(([, href = '']) => href);
  assert.ok(hrefs.length >= 2, text.slice(0, 600));
  for (const href of hrefs) {
    assert.ok(href.startsWith(`${baseUrl}/assets/`), href);
    const answer = await get(href);
    assert.equal(answer.status, 200, href);
    const extension = /\.(\w+)$/.exec(href)?.[1] ?? '';
    assert.equal(answer.headers.get('content-type'), kinds[extension], href);
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    const plain = await call(href, { headers: { Accept: '*/*', 'Accept-Encoding': 'identity' } });
    assert.equal(plain.text, answer.text);
  }
  assert.equal((await get('/assets/index.mjs')).status, 404);
});

test('an unknown path is 404 in the form of all errors', async () => {
  const answer = await get('/no/such/path');
  assert.equal(answer.status, 404);
  assert.equal(answer.json.status, 404);
  assert.equal(answer.json.type, 'about:blank');
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
});

test('the wrong method is 405 and says which are right', async () => {
  const answer = await call('/processes', { method: 'PUT', body: {} });
  assert.equal(answer.status, 405, answer.text);
  assert.deepEqual((answer.headers.get('allow') ?? '').split(/, ?/).sort(), ['GET', 'HEAD', 'OPTIONS']);
  assert.equal(answer.json.status, 405);
});

test('a preflight allows what the path offers, and the connection lives on', async () => {
  for (let request = 0; request < 3; request++) {
    const answer = await call('/processes/echo/execution', {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(answer.headers.get('access-control-allow-methods') ?? '', /POST/);
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /Prefer/);
  }
});
