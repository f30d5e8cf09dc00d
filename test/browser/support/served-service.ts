import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseByteRange } from '../../../core/api/byte-range.ts';
import { manifest } from '../../../functions/assets/manifest.ts';
import { MemoryStorage } from '../../support/memory/memory-storage.ts';
import { type MemoryService, memoryService, type ServiceOptions } from '../../support/memory-service.ts';

/** Where the server has the service, and the bucket with its files. */
const [SERVICE, BUCKET] = ['/v1', '/bucket'];

/** A service on its twins in memory, as clients on this machine reach it. */
export interface ServedService {
  readonly service: MemoryService;
  readonly stop: () => void;
}

export interface ServedOptions extends ServiceOptions {
  /** Where the server listens; any free port without it. */
  readonly port?: number;
}

/**
 * Puts a server on the loopback interface in front of a service in this process, so that browsers and programs follow its
 * redirects, download its files and send theirs as they do with a service that is deployed.
 *
 * @param assets directory of what the pages load
 */
export async function serveService(
  assets: string,
  { port = 0, ...options }: ServedOptions = {},
): Promise<ServedService> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const storage = new ServedStorage(`${origin}${BUCKET}`);
  const service = memoryService({ ...options, baseUrl: `${origin}${SERVICE}`, storage });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    if (url.startsWith(`${SERVICE}/assets/`)) {
      sendAsset(response, join(assets, url.slice(`${SERVICE}/assets/`.length)));
      return;
    }
    const rawBody = await readBody(request);
    if (url.startsWith(`${BUCKET}/`)) {
      await answerFromBucket(storage, request, rawBody, response);
      return;
    }
    const { status, headers, bytes } = await service.call(`${origin}${url}`, {
      method,
      headers: joined(request),
      ...(rawBody.length > 0 ? { rawBody } : {}),
    });
    response.writeHead(status, Object.fromEntries(headers)).end(bytes);
  };
  return {
    service,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A bucket whose presigned addresses lead to this server. */
class ServedStorage extends MemoryStorage {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
  }

  override async presign(key: string, fileName: string): Promise<string> {
    return `${this.#url}/${key}?filename=${encodeURIComponent(fileName)}`;
  }

  override async presignPut(key: string): Promise<string> {
    return `${this.#url}/${key}`;
  }
}

async function answerFromBucket(
  storage: MemoryStorage,
  { method, url = '/', headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  const key = decodeURIComponent(pathname.slice(BUCKET.length + 1));
  if (method === 'PUT') {
    await storage.put(key, body, headers['content-type'] ?? '');
    response.writeHead(200).end();
    return;
  }
  const object = await storage.get(key);
  if (!object) {
    response.writeHead(404).end();
    return;
  }
  const fileName = searchParams.get('filename') ?? '';
  const { length } = object.body;
  const part = headers.range === undefined ? undefined : parseByteRange(headers.range, length);
  const isPart = part !== undefined && part !== 'unsatisfiable';
  response
    .writeHead(isPart ? 206 : 200, {
      'Content-Type': object.mediaType,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Accept-Ranges': 'bytes',
      ...(isPart ? { 'Content-Range': `bytes ${part.first}-${part.last}/${length}` } : {}),
    })
    .end(isPart ? object.body.subarray(part.first, part.last + 1) : object.body);
}

function sendAsset(response: ServerResponse, file: string): void {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const type = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
  if (type === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'Content-Type': type }).end(readFileSync(file));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const joined = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
