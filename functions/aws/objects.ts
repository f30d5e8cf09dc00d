import type { Storage, StoredObject } from '../../core/ports.ts';
import { AwsError } from './client/aws-error.ts';
import { type AwsRequest, AwsService, endpointOf } from './client/aws-service.ts';
import type { HttpResponse } from './client/send-once.ts';

/** Bytes up to which an object is written by a request of its own: that of most requests, results and logs. */
const SMALL = 1024 * 1024;
/** Milliseconds in which S3 may say nothing. */
const IDLE_MILLISECONDS = 60_000;

/**
 * Objects in an S3 bucket. What every job does with small ones is done here; the client of the SDK, which is large, is loaded for
 * whatever else is asked: listing, deleting, presigning, uploads in parts.
 */
export class Objects implements Storage {
  readonly #service: Pick<AwsService, 'ask'>;
  readonly #base: string;
  readonly #load: () => Promise<Storage>;
  #rest: Promise<Storage> | undefined;

  /**
   * @param base path of the bucket, without a slash at its end
   * @param load the storage that does everything
   */
  constructor(service: Pick<AwsService, 'ask'>, base: string, load: () => Promise<Storage>) {
    this.#service = service;
    this.#base = base;
    this.#load = load;
  }

  async put(key: string, body: Uint8Array | string, mediaType: string): Promise<void> {
    if (body.length > SMALL) return (await this.#whole()).put(key, body, mediaType);
    await this.#ask('PUT', key, { 'Content-Type': mediaType }, body);
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const answer = await this.#unlessMissing('GET', key, 'NoSuchKey');
    return answer && { body: bytesOf(answer), mediaType: mediaTypeOf(answer) };
  }

  async describe(key: string) {
    const answer = await this.#unlessMissing('HEAD', key, 'NotFound');
    return answer && { size: Number(answer.headers['content-length'] ?? 0), mediaType: mediaTypeOf(answer) };
  }

  async range(key: string, offset: number, length: number): Promise<Uint8Array> {
    return bytesOf(await this.#ask('GET', key, { Range: `bytes=${offset}-${offset + length - 1}` }));
  }

  async presignPut(...given: Parameters<Storage['presignPut']>): Promise<string> {
    return (await this.#whole()).presignPut(...given);
  }

  async presign(...given: Parameters<Storage['presign']>): Promise<string> {
    return (await this.#whole()).presign(...given);
  }

  async list(prefix: string): Promise<readonly string[]> {
    return (await this.#whole()).list(prefix);
  }

  async compose(...given: Parameters<Storage['compose']>): Promise<void> {
    return (await this.#whole()).compose(...given);
  }

  async removeAll(prefix: string): Promise<void> {
    return (await this.#whole()).removeAll(prefix);
  }

  #whole(): Promise<Storage> {
    this.#rest ??= this.#load();
    return this.#rest;
  }

  #ask(
    method: string,
    key: string,
    headers: AwsRequest['headers'] = {},
    body?: string | Uint8Array,
  ): Promise<HttpResponse> {
    const path = `${this.#base}/${key.split('/').map(escapeSegment).join('/')}`;
    return this.#service.ask({ method, path, headers, ...(body === undefined ? {} : { body }) }, readAnswer);
  }

  async #unlessMissing(method: string, key: string, code: string): Promise<HttpResponse | undefined> {
    try {
      return await this.#ask(method, key);
    } catch (error) {
      if (error instanceof AwsError && error.name === code) return undefined;
      throw error;
    }
  }
}

/** As signatures want it: all but unreserved characters (RFC 3986). */
const escapeSegment = (segment: string): string =>
  encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const mediaTypeOf = ({ headers }: HttpResponse): string =>
  headers['content-type'] ?? 'application/octet-stream';

const bytesOf = ({ body }: HttpResponse): Uint8Array =>
  new Uint8Array(body.buffer, body.byteOffset, body.byteLength);

function readAnswer(response: HttpResponse): HttpResponse {
  const { status, body } = response;
  if (status < 300) return response;
  // Errors are in XML; HEAD has none, and 404 says what is missing.
  const text = body.toString('utf8');
  const member = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const code = member('Code') ?? (status === 404 ? 'NotFound' : `Status${status}`);
  throw new AwsError(code, member('Message') ?? '', status);
}

/** The objects of the bucket that the environment names. */
export function objects(name: string): Storage {
  const load = async () => (await import('./bucket.ts')).bucket(name);
  // Emulators have no name in the DNS for each bucket, and certificates none for those with dots.
  const isInPath =
    Boolean(process.env['AWS_ENDPOINT_URL'] ?? process.env['AWS_ENDPOINT_URL_S3']) || name.includes('.');
  const endpoint = isInPath ? endpointOf('s3') : endpointOf('s3', `${name}.s3`);
  const service = new AwsService('s3', { attempts: 4, idleMilliseconds: IDLE_MILLISECONDS, endpoint });
  return new Objects(service, isInPath ? `/${name}` : '', load);
}
