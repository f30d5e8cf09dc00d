import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves a file with range requests on the loopback interface. */
export async function serveRanges(path: string) {
  const bytes = readFileSync(path);
  const server = createServer((request, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(first ?? 0);
    const end = Math.min(bytes.length - 1, last ? Number(last) : bytes.length - 1);
    response.writeHead(first === undefined ? 200 : 206, {
      'content-type': 'image/tiff',
      'accept-ranges': 'bytes',
      'content-length': end + 1 - start,
      ...(first === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
    });
    response.end(request.method === 'HEAD' ? undefined : bytes.subarray(start, end + 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/cog.tif`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
