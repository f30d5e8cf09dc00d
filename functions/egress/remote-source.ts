import type { OpenOptions } from '../../core/ports.ts';
import type { Source } from '../../core/run/context.ts';
import { ClassLimitExceeded, InvalidInput, type LimitExceeded } from '../../core/shared/errors.ts';
import { parseContentRange, readResponseBody, TooManyBytes } from './body.ts';
import { contentEncoding, decodeContent, NotDecoded } from './content-encoding.ts';
import { explained } from './explain.ts';
import { checkAvailable, isTemporary, isTemporaryOnceOpen, ShortAnswer } from './failures.ts';
import { type Answer, getFollowing } from './follow-redirects.ts';
import { Retries } from './retries.ts';

/** Bytes that the first request asks for: the headers of most formats, or all of a small file. */
const HEAD_BYTES = 128 * 1024;
/** Bytes that are read at most where the process says nothing. */
const DEFAULT_MAXIMUM_BYTES = 256 * 1024 * 1024;
/** Seconds that one request may take with all of its bytes. */
const REQUEST_SECONDS = 120;
/** Seconds that may be lost with a server that fails, where the caller says nothing. */
const RETRY_SECONDS = 120;

/** What a URL refers to: in ranges where the server has them, else as a whole. */
export class RemoteSource implements Source {
  readonly pointer: string;
  readonly href: string;
  readonly mediaType?: string;
  readonly layer?: string;
  readonly #options: OpenOptions;
  readonly #allowHosts: readonly string[];
  readonly #maximumBytes: number;
  readonly #retries: Retries;
  /** Where redirects have led to; ranges are asked for there. */
  #at: string;
  #head: Uint8Array = new Uint8Array();
  #size: number | undefined;
  #etag: string | undefined;
  #whole = false;
  #isOpen = false;

  /** Sends the first request. @throws InvalidInput or LimitExceeded at the pointer, or the reason of the signal */
  static async open(
    href: string,
    options: OpenOptions,
    allowHosts: readonly string[],
  ): Promise<RemoteSource> {
    const source = new RemoteSource(href, options, allowHosts);
    const mediaType = await source.#explaining(() => source.#readHead());
    source.#isOpen = true;
    return mediaType === undefined || options.mediaType ? source : Object.assign(source, { mediaType });
  }

  private constructor(href: string, options: OpenOptions, allowHosts: readonly string[]) {
    this.pointer = options.pointer;
    this.href = href;
    if (options.mediaType !== undefined) this.mediaType = options.mediaType;
    if (options.layer !== undefined) this.layer = options.layer;
    this.#options = options;
    this.#allowHosts = allowHosts;
    this.#maximumBytes = options.maximumBytes ?? DEFAULT_MAXIMUM_BYTES;
    this.#retries = new Retries(options.retrySeconds ?? RETRY_SECONDS);
    this.#at = href;
  }

  async size(): Promise<number | undefined> {
    return this.#size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.#size ?? Infinity);
    if (this.#whole || end <= this.#head.length) return this.#head.subarray(offset, end);
    if (offset >= end) return new Uint8Array();
    if (end - offset > this.#maximumBytes) throw this.#tooLarge(end - offset);
    return this.#explaining(() => this.#readRange(offset, end));
  }

  async bytes(): Promise<Uint8Array> {
    const size = this.#size;
    if (size !== undefined && size > this.#maximumBytes) throw this.#tooLarge(size);
    if (this.#whole) return this.#head;
    return this.#explaining(async () => {
      if (size === undefined) return this.#readWhole();
      const rest = await this.#readRange(this.#head.length, size);
      return Buffer.concat([this.#head, rest], size);
    });
  }

  /** @returns the media type that the server says */
  async #readHead(): Promise<string | undefined> {
    const { response, href } = await this.#get(`bytes=0-${HEAD_BYTES - 1}`);
    this.#at = href;
    const { statusCode: status = 0, headers } = response;
    const range = parseContentRange(response);
    this.#etag = headers.etag;
    if (status === 416 && /\/0$/.test(headers['content-range'] ?? '')) {
      // An empty file has no range that could be asked for.
      response.destroy();
      this.#whole = true;
      this.#size = 0;
    } else if (status === 206 && contentEncoding(response) !== 'identity') {
      // Of ranges of what is packed nothing can be read, and servers do not agree on what they are ranges of.
      response.destroy();
      this.#head = await this.#readWhole();
      this.#size = this.#head.length;
      this.#whole = true;
    } else if (status === 206 && range?.first === 0) {
      this.#head = await readResponseBody(response, HEAD_BYTES);
      this.#size = range.size;
      this.#whole = this.#head.length === range.size;
    } else {
      this.#head = await this.#readAll(response);
      this.#size = this.#head.length;
      this.#whole = true;
    }
    return headers['content-type'];
  }

  /** @param end the first byte that is not read */
  async #readRange(offset: number, end: number): Promise<Uint8Array> {
    const { response } = await this.#get(`bytes=${offset}-${end - 1}`);
    this.#mustBeRange(response, offset);
    const bytes = await readResponseBody(response, end - offset);
    if (this.#size !== undefined && bytes.length < end - offset) throw new ShortAnswer();
    return bytes;
  }

  async #readWhole(): Promise<Uint8Array> {
    const { response } = await this.#get(undefined);
    return this.#readAll(response);
  }

  /** The bytes of an answer that is the whole file, without the content encoding that some servers apply unasked. */
  async #readAll(response: Answer['response']): Promise<Uint8Array> {
    this.#mustBeOk(response);
    const bytes = await readResponseBody(response, this.#maximumBytes);
    return decodeContent(bytes, contentEncoding(response), this.#maximumBytes);
  }

  /** The same file must answer, with the bytes that were asked for. */
  #mustBeRange(response: Answer['response'], offset: number): void {
    const { statusCode: status = 0, headers } = response;
    const range = parseContentRange(response);
    const isSame =
      headers.etag === this.#etag &&
      (range?.size ?? this.#size) === this.#size &&
      contentEncoding(response) === 'identity';
    if (status === 206 && range?.first === offset && isSame) return;
    response.destroy();
    const changed = (status === 206 || status === 200 || status === 416) && !isSame;
    const problem =
      changed || status === 412
        ? 'changed while it was read; try again.'
        : `responded with status ${status} in the middle of the file, after earlier ranges had succeeded.`;
    throw new InvalidInput(this.pointer, `"${this.href}" ${problem}`);
  }

  async #get(range: string | undefined): Promise<Answer> {
    const { signal } = this.#options;
    const timeout = AbortSignal.timeout(REQUEST_SECONDS * 1000);
    const answer = await getFollowing(this.#at, {
      method: 'GET',
      // Ranges are of the file itself, where a server heeds that.
      headers: {
        Accept: '*/*',
        'Accept-Encoding': 'identity',
        ...(range === undefined ? {} : { Range: range }),
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      allowHosts: this.#allowHosts,
    });
    checkAvailable(answer);
    return answer;
  }

  #mustBeOk(response: Answer['response']): void {
    const { statusCode: status } = response;
    if (status === 200) return;
    response.destroy();
    const problem = `responded with status ${status}; a document with status 200 is needed.`;
    throw new InvalidInput(this.pointer, `"${this.href}" ${problem}`);
  }

  async #explaining<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await this.#retries.repeat(
        action,
        this.#options.signal,
        this.#isOpen ? isTemporaryOnceOpen : isTemporary,
      );
    } catch (error) {
      if (error instanceof TooManyBytes) throw this.#tooLarge(error.size);
      if (error instanceof NotDecoded)
        throw new InvalidInput(this.pointer, `"${this.href}" ${error.message}`, error);
      throw explained(error, this.href, this.pointer, this.#options.signal);
    }
  }

  #tooLarge(size: number | undefined): LimitExceeded {
    const amount = size === undefined ? 'more bytes than that' : `${size} bytes`;
    return new ClassLimitExceeded(
      this.pointer,
      `"${this.href}" has ${amount}; the process reads up to ${this.#maximumBytes} of a reference.`,
    );
  }
}
