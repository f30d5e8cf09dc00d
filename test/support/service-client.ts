import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at every member that they use
  readonly json: any;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Talks HTTP to a running service as any client would. Redirects are not followed: they are part of the answer. */
export function serviceClient(baseUrl: string) {
  const call = async (path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> => {
    const url = /^https?:/.test(path) ? path : `${baseUrl}${path}`;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  };

  const execute = (processID: string, body: unknown, headers: Record<string, string> = {}) =>
    call(`/processes/${processID}/execution`, { method: 'POST', body, headers });

  return {
    call,
    get: (path: string, headers: Record<string, string> = {}) => call(path, { headers }),
    remove: (path: string) => call(path, { method: 'DELETE' }),
    execute,

    /** Starts a job and gives its id; the answer must be what the standard asks of an asynchronous execution. */
    async start(processID: string, body: unknown, headers: Record<string, string> = {}): Promise<string> {
      const answer = await execute(processID, body, { Prefer: 'respond-async', ...headers });
      assert.equal(answer.status, 201, answer.text);
      const location = answer.headers.get('location') ?? '';
      assert.equal(location, `${baseUrl}/jobs/${answer.json.jobID}`);
      return answer.json.jobID;
    },

    /** Polls a job until its status is one of those given. */
    async waitFor(jobID: string, statuses: readonly string[], seconds = 60): Promise<Answer['json']> {
      const end = Date.now() + seconds * 1000;
      for (;;) {
        const { json, status, text } = await call(`/jobs/${jobID}`);
        assert.equal(status, 200, text);
        if (statuses.includes(json.status)) return json;
        assert.ok(Date.now() < end, `Job ${jobID} is ${json.status} after ${seconds} s: ${text}`);
        await sleep(200);
      }
    },
  };
}

export type ServiceClient = ReturnType<typeof serviceClient>;

/** The service under test, named by the environment that the test command sets. */
export function serviceFromEnvironment(): ServiceClient & { readonly baseUrl: string } {
  const baseUrl = process.env['BASE_URL']?.replace(/\/$/, '');
  if (!baseUrl)
    throw new Error('BASE_URL is not set: run "npm run test:integration", which deploys and sets it');
  return { baseUrl, ...serviceClient(baseUrl) };
}
