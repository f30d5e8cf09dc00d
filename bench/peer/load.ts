import { Agent, request } from 'node:http';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

export interface HttpAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

/** Clients that ask a server on the loopback interface. */
export class Clients {
  readonly #agent = new Agent({ keepAlive: true });

  close(): void {
    this.#agent.destroy();
  }

  send(url: string, { method = 'GET', headers = {}, body }: HttpRequest = {}): Promise<HttpAnswer> {
    if (new URL(url).hostname !== '127.0.0.1') throw new Error(`${url} is not on the loopback interface`);
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
    const asked = request(
      url,
      {
        method,
        agent: this.#agent,
        headers: {
          Accept: 'application/json',
          ...(sent ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) } : {}),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(sent);
    return promise;
  }
}

export interface Load {
  /** Clients at the same time. */
  readonly clients: number;
  /** How often the work is done at most. */
  readonly most: number;
  /** Seconds after which no more is begun. */
  readonly seconds: number;
}

/** Does some work again and again, by several clients at once, within bounds. @returns milliseconds of each time */
export async function repeat(work: () => Promise<void>, { clients, most, seconds }: Load): Promise<number[]> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let begun = 0;
  const client = async () => {
    while (begun < most && performance.now() < end) {
      begun++;
      const started = performance.now();
      await work();
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}
