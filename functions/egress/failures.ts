import type { Answer } from './follow-redirects.ts';

/** Statuses by which a server says that it cannot answer now (RFC 9110, RFC 6585). */
const temporaryStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** A server that cannot answer now. */
export class ServerFailure extends Error {
  readonly status: number;
  /** Host and port; another than that of the input where it was redirected. */
  readonly host: string;
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, host: string, retryAfter: number | undefined) {
    super(`The server ${host} responded with status ${status}`);
    this.name = 'ServerFailure';
    this.status = status;
    this.host = host;
    this.retryAfter = retryAfter;
  }
}

/** An answer that ends before the bytes that it promises. */
export class ShortAnswer extends Error {
  constructor() {
    super('The answer ends early');
    this.name = 'ShortAnswer';
  }
}

/** A server from which nothing came for a while, before its answer or in the middle of it. */
export class SilentServer extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super(`Nothing came for ${seconds} s`);
    this.name = 'SilentServer';
    this.seconds = seconds;
  }
}

/** @throws ServerFailure where the server says that it cannot answer now */
export function checkAvailable({ response, href }: Answer, now = Date.now()): void {
  const { statusCode = 0, headers } = response;
  if (!temporaryStatuses.includes(statusCode)) return;
  response.destroy();
  throw new ServerFailure(statusCode, new URL(href).host, parseRetryAfter(headers['retry-after'], now));
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** Connections that break, and names that cannot be looked up at the moment. */
const temporaryCodes: readonly string[] = [
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'HPE_INVALID_EOF_STATE',
];

/** Whether the same request may be answered a little later. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof ServerFailure || error instanceof ShortAnswer || error instanceof SilentServer)
    return true;
  return temporaryCodes.includes((error as NodeJS.ErrnoException)?.code ?? '');
}

/** The same once the server has answered: one that refuses connections then is being restarted. */
export const isTemporaryOnceOpen = (error: unknown): boolean =>
  isTemporary(error) || (error as NodeJS.ErrnoException)?.code === 'ECONNREFUSED';

/** Whether a request was ended because its time was over. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name);

export const readRetryAfter = (error: unknown): number | undefined =>
  error instanceof ServerFailure ? error.retryAfter : undefined;
