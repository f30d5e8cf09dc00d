import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { readResponseBody } from '../../../functions/egress/body.ts';
import { SilentServer } from '../../../functions/egress/failures.ts';
import { send } from '../../../functions/egress/follow-redirects.ts';

test('a server that is silent, before its answer or in the middle of it, is given up as such', async (context) => {
  const server = createServer((request, response) => {
    if (request.url === '/middle') response.writeHead(200, { 'Content-Length': '100' }).write('a few bytes');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const read = async (path: string) => {
    const { signal } = new AbortController();
    const exchange = { method: 'GET', headers: {}, signal, allowHosts: [host], idleSeconds: 0.1 } as const;
    return readResponseBody(await send(`http://${host}${path}`, exchange), 1000);
  };
  for (const path of ['/before', '/middle'])
    await assert.rejects(read(path), (error) => error instanceof SilentServer && error.seconds === 0.1);
});
