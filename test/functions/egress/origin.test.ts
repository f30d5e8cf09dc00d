import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { isFromItself } from '../../../core/net/loop.ts';
import { GuardedEgress } from '../../../functions/egress/egress.ts';

test('what the service sends is recognized where it comes back, after redirects too', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url === '/moved') response.writeHead(302, { Location: '/here' }).end();
    else response.writeHead(200, { 'Content-Type': 'text/plain' }).end('here');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const egress = new GuardedEgress([`127.0.0.1:${port}`]);
  try {
    const source = await egress.open(`http://127.0.0.1:${port}/moved`, {
      pointer: '/inputs/a',
      maximumBytes: 100,
      signal: new AbortController().signal,
    });
    assert.equal(Buffer.from(await source.bytes()).toString(), 'here');
    await egress.post(`http://127.0.0.1:${port}/told`, '{}', {});
    assert.ok(seen.length >= 3);
    for (const headers of seen) assert.ok(isFromItself(headers as Record<string, string>));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
