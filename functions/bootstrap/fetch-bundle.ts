import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

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
  const response = await fetch(new URL(path, CREDENTIALS_HOST));
  const keys = (await response.json()) as Record<'AccessKeyId' | 'SecretAccessKey' | 'Token', string>;
  return { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.Token };
}

/** An object of S3. @throws Error with what S3 says */
export async function fetchObject(
  url: URL,
  region: string,
  credentials: Credentials,
): Promise<Uint8Array<ArrayBuffer>> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port ? { port: Number(url.port) } : {}),
    path: url.pathname,
    headers: { host: url.host },
  });
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url.href} answers ${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

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
