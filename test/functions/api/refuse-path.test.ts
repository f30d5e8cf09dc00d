import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryService } from '../../support/memory-service.ts';

const { call, get } = memoryService();

describe('a path that nothing is at', () => {
  test('is a problem document for programs, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, json, headers } = await call('/no/such/path', { method });
      assert.equal(status, 404);
      assert.deepEqual([json.type, json.status], ['about:blank', 404]);
      assert.match(json.detail, /There is no resource at "\/no\/such\/path"/);
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
  });

  test('is a page for browsers, with the way back and the policy of all pages', async () => {
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const { status, text, headers } = await get('/no/such/<b>path?f=json&x=1', { Accept: accept });
    assert.equal(status, 404);
    assert.match(headers.get('content-type') ?? '', /text\/html/);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(text, /<h1>Not found<\/h1>/);
    assert.match(text, /href="https:\/\/example\.org\/v1\/\?f=html"/);
    assert.doesNotMatch(text, /<b>/);
  });
});
