import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { originField } from '../../core/net/loop.ts';
import { explainUrlRefusal, isAllowedHost } from '../../core/net/url-guard.ts';
import { SilentServer } from './failures.ts';
import { guardedLookup } from './lookup.ts';

/** Seconds without a byte after which a server counts as not answering. */
const IDLE_SECONDS = 15;
const REDIRECTS = 5;
const USER_AGENT = 'ogc-api-processes';

/** Connections are kept for the many small reads of one file, but never across files of different hosts. */
const agents = {
  'http:': new HttpAgent({ keepAlive: true, maxSockets: 16, timeout: IDLE_SECONDS * 1000 }),
  'https:': new HttpsAgent({ keepAlive: true, maxSockets: 16, timeout: IDLE_SECONDS * 1000 }),
} as const;

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly allowHosts: readonly string[];
  /** How names are resolved; the guarded look-up of the system where none is given. */
  readonly lookup?: LookupFunction;
  /** Seconds without a byte after which the server is given up; 15 where absent. */
  readonly idleSeconds?: number;
}

export interface Answer {
  readonly response: IncomingMessage;
  /** Where the answer came from, after redirects. */
  readonly href: string;
}

/** A URL that is not visited; the message is a sentence that follows the URL. */
export class UrlRefused extends Error {
  readonly href: string;

  constructor(href: string, reason: string) {
    super(reason);
    this.name = 'UrlRefused';
    this.href = href;
  }
}

/** GETs a URL and follows its redirects; each step is guarded as the first one is. */
export async function getFollowing(href: string, exchange: Exchange): Promise<Answer> {
  let at = href;
  for (let step = 0; step <= REDIRECTS; step++) {
    const response = await send(at, exchange);
    const location = response.headers.location;
    const redirects = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0);
    if (!redirects || location === undefined) return { response, href: at };
    response.destroy();
    const next = URL.parse(location, at);
    if (!next) throw new UrlRefused(href, `is redirected to "${location}", which is not a URL.`);
    at = next.href;
  }
  throw new UrlRefused(href, `is redirected more than ${REDIRECTS} times.`);
}

/** One request, one answer, no redirect. @throws UrlRefused, AddressRefused, or what the network says */
export async function send(href: string, exchange: Exchange): Promise<IncomingMessage> {
  const refusal = explainUrlRefusal(href, exchange.allowHosts);
  if (refusal) throw new UrlRefused(href, refusal);
  try {
    return await attempt(new URL(href), exchange);
  } catch (error) {
    // The server has closed a kept connection just when it was used again.
    if (exchange.method !== 'GET' || !(error instanceof StaleConnection)) throw error;
    return attempt(new URL(href), exchange);
  }
}

class StaleConnection extends Error {}

function attempt(
  url: URL,
  { method, headers, body, signal, allowHosts, lookup = guardedLookup, idleSeconds = IDLE_SECONDS }: Exchange,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const request = (secure ? httpsRequest : httpRequest)(url, {
    method,
    signal,
    agent: agents[secure ? 'https:' : 'http:'],
    headers: { 'User-Agent': USER_AGENT, 'Accept-Encoding': 'identity', ...originField(), ...headers },
    timeout: idleSeconds * 1000,
    ...(isAllowedHost(url, allowHosts) ? {} : { lookup }),
  });
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | undefined;
    request.once('response', (answer) => {
      response = answer;
      resolve(answer);
    });
    // Once there is an answer, an error of the request would be told to its reader as a connection that the server closed.
    request.on('timeout', () => (response ?? request).destroy(new SilentServer(idleSeconds)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(stale ? new StaleConnection('The connection was closed', { cause: error }) : error);
    });
    request.end(body);
  });
}
