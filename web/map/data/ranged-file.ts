/** Statuses of an address that was good for a while: a presigned one that is past its time, or one that is gone. */
const EXPIRED = [400, 401, 403, 404, 410];

/**
 * A file on the web that is read in pieces. The service answers a large result with a redirect to an address that is
 * good for some minutes: that is kept, so that each piece costs one request, and asked for anew when it has expired.
 */
export class RangedFile {
  readonly url: string;
  #address: string;

  constructor(url: string) {
    this.url = url;
    this.#address = url;
  }

  /** @throws Error when the server does not answer with the file or the part of it */
  async request(init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.#address, init);
    if (this.#address !== this.url && EXPIRED.includes(response.status)) {
      this.#address = this.url;
      return this.request(init);
    }
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
    if (response.redirected) this.#address = response.url;
    return response;
  }

  /** A piece, also from a server that knows no ranges and sends the whole file. */
  async read(offset: number, length: number, signal?: AbortSignal): Promise<ArrayBuffer> {
    const headers = { Range: `bytes=${offset}-${offset + length - 1}` };
    const response = await this.request({ headers, ...(signal ? { signal } : {}) });
    const bytes = await response.arrayBuffer();
    return response.status === 206 ? bytes : bytes.slice(offset, offset + length);
  }
}
