import aws4 from 'aws4';
import { currentCredentials } from './credentials.ts';
import { type HttpResponse, type SendOnce, sendOnce } from './send-once.ts';
import { withAttempts } from './with-attempts.ts';

export interface ServiceOptions {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Milliseconds in which nothing may happen. */
  readonly idleMilliseconds?: number;
  /** Where the service is; usually that of the region. */
  readonly endpoint?: string;
  /** How a request is sent; for tests. */
  readonly send?: SendOnce;
}

export interface AwsRequest {
  readonly method: string;
  /** Escaped as it is sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/**
 * A service of AWS over HTTP: requests that are signed, connections that are kept, and further attempts. It does what functions
 * need of the SDK's clients for the few requests that they make again and again, in a third of the processor time.
 */
export class AwsService {
  readonly #service: string;
  readonly #options: Required<ServiceOptions>;
  readonly #region: string;
  readonly #base: Pick<URL, 'protocol' | 'hostname' | 'host' | 'port'>;

  /** @param service as signatures and names of hosts have it */
  constructor(service: string, { endpoint = endpointOf(service), ...options }: ServiceOptions) {
    this.#service = service;
    this.#options = { idleMilliseconds: 10_000, send: sendOnce, endpoint, ...options };
    this.#region = process.env['AWS_REGION'] ?? 'us-east-1';
    const { protocol, hostname, host, port } = new URL(endpoint);
    this.#base = { protocol, hostname, host, port };
  }

  /** @param read reads an answer. @throws what it throws, after some attempts where that may be gone the next time */
  ask<T>(request: AwsRequest, read: (response: HttpResponse) => T): Promise<T> {
    const { attempts } = this.#options;
    return withAttempts(
      attempts,
      async (attempt) => read(await this.#send(request, `attempt=${attempt}; max=${attempts}`)),
      request.signal,
    );
  }

  async #send({ headers, signal, ...request }: AwsRequest, attempt: string): Promise<HttpResponse> {
    const { protocol, hostname, host, port } = this.#base;
    const { body } = request;
    const trace = process.env['_X_AMZN_TRACE_ID'];
    const { headers: signed } = aws4.sign(
      {
        ...request,
        body:
          typeof body === 'string' || body === undefined
            ? (body ?? '')
            : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
        host,
        service: this.#service,
        region: this.#region,
        headers: { ...headers, 'amz-sdk-request': attempt, ...(trace ? { 'X-Amzn-Trace-Id': trace } : {}) },
      },
      await currentCredentials(),
    );
    const { send, idleMilliseconds } = this.#options;
    return send({
      ...request,
      protocol,
      hostname,
      port,
      headers: signed as Record<string, string | number>,
      idleMilliseconds,
      ...(signal ? { signal } : {}),
    });
  }
}

/** Endpoint of a service in the region of this process, or the one that answers in its place. @param host before the domain */
export function endpointOf(service: string, host = service): string {
  const { AWS_ENDPOINT_URL: all, AWS_REGION: region = 'us-east-1', ...env } = process.env;
  const own = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? all;
  if (own) return own;
  return `https://${host}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}
