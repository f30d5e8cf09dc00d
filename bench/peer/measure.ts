import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../statistics.ts';
import type { JobStore } from './job-stores.ts';
import { Clients, type HttpAnswer, type HttpRequest, type Load, repeat } from './load.ts';
import { processorTime } from './processor-time.ts';
import { type Pygeoapi, WORKERS } from './pygeoapi.ts';

/** Cost of one request, or of one job to its end. */
export interface PeerCost {
  /** Milliseconds of processor time of the server's processes. */
  readonly cpu: number;
  /** Milliseconds of processor time of its database, where that is a server of its own. */
  readonly databaseCpu: number;
  /** Milliseconds until the answer, with as many clients at once as there are processes. */
  readonly p50: number;
  readonly times: number;
}

const load: Load = { clients: WORKERS, most: 400, seconds: 10 };
const POLL_MILLISECONDS = 50;

/** Measures all requests on a server that runs. @param listed how many stored jobs the list is measured with */
export async function measurePeer(
  server: Pygeoapi,
  store: JobStore,
  listed: readonly number[],
): Promise<Record<string, PeerCost>> {
  const clients = new Clients();
  const { url, pid } = server;
  const ask = async (path: string, request: HttpRequest = {}, status = 200): Promise<HttpAnswer> => {
    const answer = await clients.send(`${url}${path}`, request);
    if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer;
  };
  const measure = async (work: () => Promise<unknown>, bounds: Load = load): Promise<PeerCost> => {
    const once = async () => void (await work());
    // What is loaded with first requests is not what requests cost.
    await repeat(once, { ...bounds, most: 20, seconds: 10 });
    const [before, databaseBefore] = [processorTime(pid), store.pid ? processorTime(store.pid) : 0];
    const times = await repeat(once, bounds);
    const [after, databaseAfter] = [processorTime(pid), store.pid ? processorTime(store.pid) : 0];
    return {
      cpu: (after - before) / times.length,
      databaseCpu: (databaseAfter - databaseBefore) / times.length,
      p50: median(times),
      times: times.length,
    };
  };
  const execution = '/processes/hello-world/execution';
  const body = { inputs: { name: 'World', message: 'Hello' } };
  const start = async (): Promise<string> => {
    const { location } = await ask(
      execution,
      { method: 'POST', headers: { Prefer: 'respond-async' }, body },
      201,
    );
    return new URL(location ?? '', url).pathname;
  };
  const toItsEnd = async () => {
    const job = await start();
    for (let look = 0; look < 200; look++) {
      const { text } = await ask(`${job}?f=json`);
      if ((JSON.parse(text) as { status: string }).status === 'successful') break;
      await sleep(POLL_MILLISECONDS);
    }
    await ask(`${job}/results?f=json`);
  };
  try {
    store.fill(0);
    const costs: Record<string, PeerCost> = {
      landing: await measure(() => ask('/?f=json')),
      list: await measure(() => ask('/processes?f=json')),
      describe: await measure(() => ask('/processes/hello-world?f=json')),
      api: await measure(() => ask('/openapi?f=json')),
      'api-gzip': await measure(() => ask('/openapi?f=json', { headers: { 'Accept-Encoding': 'gzip' } })),
      // What a request takes whatever it is about: HTTP, and the way to the function that answers it.
      unknown: await measure(() => ask('/unknown', {}, 404)),
      sync: await measure(() => ask(execution, { method: 'POST', body })),
    };
    store.fill(0);
    costs['async'] = await measure(toItsEnd, { ...load, most: 150 });
    store.fill(0);
    const job = await start();
    costs['status'] = await measure(() => ask(`${job}?f=json`));
    for (const count of listed) {
      store.fill(count);
      costs[`jobs-${count}`] = await measure(() => ask('/jobs?f=json&limit=10'), { ...load, most: 200 });
    }
    return costs;
  } finally {
    clients.close();
  }
}
