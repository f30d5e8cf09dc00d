import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request that the service sent to `/callbacks/<name>`. */
export interface ReceivedCallback {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface FixtureServer {
  readonly url: string;
  stop(): Promise<void>;
}

const folder = join(import.meta.dirname, '..', '..', 'fixtures');

const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  geojson: 'application/geo+json',
  tif: 'image/tiff; application=geotiff',
  fgb: 'application/flatgeobuf',
  gpkg: 'application/geopackage+sqlite3',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * The network as the service sees it in the tests: one server for all test files, started by the test command.
 *
 * - `GET /files/<path>`: a file below `test/fixtures`, with ranges; `?type=` overrides the media type, `?delay=`
 *   waits that many milliseconds, `?ranges=no` ignores `Range`. The first `?failures=` requests, after as many as
 *   `?after=` says, get a status of `?with=` (503), or with `reset` a broken connection; `?retry-after=` is sent along.
 *   They are counted by `?name=`.
 * - `POST /callbacks/<name>`: keeps the request; `?status=` is the answer (204), `?failures=` how many requests
 *   get a 503 before. `GET /callbacks/<name>` lists what was kept.
 * - `GET /redirect?to=<url>`: 302 to the URL.
 * - `GET /status/<code>`: an empty answer of that status.
 * - `GET /bytes/<count>`: that many zero bytes, without saying how many beforehand.
 */
export function startFixtureServer({ host, port }: { host: string; port: number }): Promise<FixtureServer> {
  const callbacks = new Map<string, ReceivedCallback[]>();
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    answer(request, response, callbacks, counts).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const stop = () =>
        new Promise<void>((stopped) => {
          server.close(() => stopped());
          server.closeAllConnections();
        });
      resolve({ url: `http://${host}:${port}`, stop });
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  callbacks: Map<string, ReceivedCallback[]>,
  counts: Map<string, number>,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fixtures');
  const [, kind = '', ...rest] = url.pathname.split('/');
  const name = decodeURIComponent(rest.join('/'));
  if (kind === 'files') {
    if (fails(url.searchParams, response, counts)) return;
    return sendFile(name, url.searchParams, request, response);
  }
  if (kind === 'callbacks') return answerCallback(name, url.searchParams, request, response, callbacks);
  if (kind === 'redirect') response.writeHead(302, { Location: url.searchParams.get('to') ?? '/' }).end();
  else if (kind === 'status') response.writeHead(Number(name)).end();
  else if (kind === 'bytes') await sendBytes(Number(name), response);
  else response.writeHead(404).end();
}

/** Fails a request as its options ask for. @returns whether it was failed */
function fails(options: URLSearchParams, response: ServerResponse, counts: Map<string, number>): boolean {
  if (!options.has('failures')) return false;
  const name = options.get('name') ?? '';
  const count = counts.get(name) ?? 0;
  counts.set(name, count + 1);
  const after = Number(options.get('after') ?? 0);
  if (count < after || count >= after + Number(options.get('failures'))) return false;
  const how = options.get('with') ?? '503';
  const retryAfter = options.get('retry-after');
  if (how === 'reset') response.destroy();
  else response.writeHead(Number(how), retryAfter === null ? {} : { 'Retry-After': retryAfter }).end();
  return true;
}

async function sendFile(
  name: string,
  options: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = normalize(join(folder, name));
  const bytes = path.startsWith(folder) ? await readFile(path).catch(() => undefined) : undefined;
  if (!bytes) return void response.writeHead(404).end();
  if (options.has('delay')) await sleep(Number(options.get('delay')));
  const extension = name.split('.').at(-1) ?? '';
  const type = options.get('type') ?? mediaTypes[extension] ?? 'application/octet-stream';
  const range =
    options.get('ranges') === 'no' ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const headers = {
    'Content-Type': type,
    'Accept-Ranges': options.get('ranges') === 'no' ? 'none' : 'bytes',
  };
  if (!range) {
    response.writeHead(200, { ...headers, 'Content-Length': bytes.length });
    return void response.end(request.method === 'HEAD' ? undefined : bytes);
  }
  const first = Number(range[1]);
  const last = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
  if (first > last) return void response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
  const part = bytes.subarray(first, last + 1);
  response.writeHead(206, {
    ...headers,
    'Content-Length': part.length,
    'Content-Range': `bytes ${first}-${last}/${bytes.length}`,
  });
  response.end(request.method === 'HEAD' ? undefined : part);
}

async function answerCallback(
  name: string,
  options: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
  callbacks: Map<string, ReceivedCallback[]>,
): Promise<void> {
  const kept = callbacks.get(name) ?? [];
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(kept));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  callbacks.set(name, [...kept, { method: request.method ?? '', headers: request.headers, body }]);
  const failing = kept.length < Number(options.get('failures') ?? 0);
  response.writeHead(failing ? 503 : Number(options.get('status') ?? 204)).end();
}

async function sendBytes(count: number, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
  const block = Buffer.alloc(64 * 1024);
  for (let sent = 0; sent < count && !response.destroyed; sent += block.length) {
    const more = response.write(block.subarray(0, Math.min(block.length, count - sent)));
    if (!more) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
}
