import type { IncomingHttpHeaders } from 'node:http';

// Imported, the module would load all that it exports, among it a second client of HTTP with a WebSocket, for 10 ms.
const { Agent: HttpAgent, request: overHttp } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent, request: overHttps } = process.getBuiltinModule('node:https');

export interface HttpRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds in which nothing may happen. */
  readonly idleMilliseconds: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a request and reads the whole answer, whatever its status is. @throws Error with the code of Node.js */
export type SendOnce = (request: HttpRequest) => Promise<HttpResponse>;

/** Connections are kept: setting one up takes longer than most requests. */
const options = { keepAlive: true, maxSockets: 50 };
const ways = {
  'http:': { request: overHttp, agent: new HttpAgent(options) },
  'https:': { request: overHttps, agent: new HttpsAgent(options) },
} as const;

export const sendOnce: SendOnce = ({ protocol, hostname, port, body, idleMilliseconds, signal, ...head }) =>
  new Promise((resolve, reject) => {
    const { request, agent } = protocol === 'http:' ? ways['http:'] : ways['https:'];
    const sent = request(
      { ...head, hostname, port, agent, timeout: idleMilliseconds, ...(signal ? { signal } : {}) },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces),
          }),
        );
      },
    );
    sent.on('timeout', () =>
      sent.destroy(
        Object.assign(new Error(`${hostname} said nothing for ${idleMilliseconds} ms`), {
          code: 'ETIMEDOUT',
        }),
      ),
    );
    sent.on('error', reject);
    sent.end(body);
  });
