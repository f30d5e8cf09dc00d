import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { freePort } from '../../scripts/lib/emulator.ts';
import { startFixtureServer } from '../integration/support/fixture-server.ts';

/** The server that stands for the network in the integration tests must itself do what it says. */
const { url, stop } = await startFixtureServer({ host: '127.0.0.1', port: await freePort() });
after(stop);
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { headers, redirect: 'manual' });

describe('the fixture server', () => {
  test('keeps callbacks, and fails as often as asked before it answers well', async () => {
    const post = () => fetch(`${url}/callbacks/a?failures=1`, { method: 'POST', body: '{"x":1}' });
    assert.deepEqual([(await post()).status, (await post()).status], [503, 204]);
    const kept = (await (await get('/callbacks/a')).json()) as { method: string; body: string }[];
    assert.deepEqual(
      kept.map(({ method, body }) => [method, body]),
      [
        ['POST', '{"x":1}'],
        ['POST', '{"x":1}'],
      ],
    );
    assert.deepEqual(await (await get('/callbacks/b')).json(), []);
  });

  test('redirects, fails and sends as many bytes as asked', async () => {
    const redirect = await get('/redirect?to=http%3A%2F%2F10.0.0.1%2F');
    assert.deepEqual([redirect.status, redirect.headers.get('location')], [302, 'http://10.0.0.1/']);
    assert.equal((await get('/status/418')).status, 418);
    assert.equal((await (await get('/bytes/100001')).arrayBuffer()).byteLength, 100_001);
  });

  test('serves nothing outside its folder', async () => {
    assert.equal((await get('/files/..%2F..%2Fpackage.json')).status, 404);
    assert.equal((await get('/files/none.json')).status, 404);
    assert.equal((await get('/elsewhere')).status, 404);
  });
});
