import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { withRetries } from '../worker/with-retries.ts';

/** Keys as the provider of a task gives them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where the provider of credentials of a task is: see "Task IAM role" in the documentation of Amazon ECS. */
const CREDENTIALS_HOST = 'http://169.254.170.2';

/** The keys of the role of this task; those of the environment where it is no task. */
export async function taskCredentials(
  env: Readonly<Record<string, string | undefined>>,
  {
    host = CREDENTIALS_HOST,
    pauses = PAUSES,
  }: { readonly host?: string; readonly pauses?: readonly number[] } = {},
): Promise<Credentials> {
  const path = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  if (!path) {
    const sessionToken = env['AWS_SESSION_TOKEN'];
    return {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(sessionToken ? { sessionToken } : {}),
    };
  }
  const keys = (await fetchPatiently(
    async () => ({ url: new URL(path, host) }),
    async (response) => response.json(),
    pauses,
  )) as Record<'AccessKeyId' | 'SecretAccessKey' | 'Token', string>;
  return { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.Token };
}

/** An object of S3. @throws Error with what S3 says */
export async function fetchObject(
  url: URL,
  region: string,
  credentials: Credentials,
  pauses: readonly number[] = PAUSES,
): Promise<Uint8Array<ArrayBuffer>> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  // A signature is of the moment: each attempt has its own.
  const sign = async () => {
    const { headers } = await signer.sign({
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      path: url.pathname,
      headers: { host: url.host },
    });
    return { url, headers };
  };
  return fetchPatiently(sign, async (response) => new Uint8Array(await response.arrayBuffer()), pauses);
}

/** Milliseconds before each further attempt. */
const PAUSES = [500, 1000, 2000, 4000, 8000];

interface Fetched {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Fetches something, again where the connection or the server fails: the task would end, and its job with it. What a server
 * refuses is refused at once.
 *
 * @throws Error with what the last attempt met
 */
async function fetchPatiently<T>(
  request: () => Promise<Fetched>,
  read: (response: Response) => Promise<T>,
  pauses: readonly number[],
): Promise<T> {
  const attempt = async (): Promise<T> => {
    const { url, headers = {} } = await request();
    const response = await fetch(url, { headers });
    if (response.ok) return read(response);
    const message = `${url.href} answers ${response.status}: ${await response.text()}`;
    throw response.status >= 500 || response.status === 429 ? new Error(message) : new Refused(message);
  };
  const warn = (error: unknown, pause: number) => {
    if (error instanceof Refused) throw error;
    console.warn(`Tries again in ${pause} ms: ${(error as Error).message}`);
  };
  return withRetries(attempt, warn, pauses);
}

/** What trying again does not help against. */
class Refused extends Error {}

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    throw new Error('The signer makes a new one each time');
  }
}

const toBytes = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
};
