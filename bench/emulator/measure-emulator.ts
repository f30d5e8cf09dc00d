import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deploy, STAGE, useEmulator } from '../../scripts/lib/deployment.ts';
import { freePort, startEmulator } from '../../scripts/lib/emulator.ts';
import { local } from '../../scripts/lib/paths.ts';
import { step } from '../../scripts/lib/progress.ts';
import { Clients, type HttpRequest } from '../peer/load.ts';
import { describeMachine, describeNoise, today } from '../results-files.ts';
import { quantile } from '../statistics.ts';
import { deployBareApi } from './bare-api.ts';
import { type EmulatorResults, FLOOR } from './emulator-results.ts';

/** Rounds, in each of which every request is sent once, and those before, in which functions start. */
const [ROUNDS, WARM_UP] = [60, 8];
/** Jobs in the list. */
const JOBS = 20;

/** Requests end to end on the emulator, one client, beside one to a function that does nothing, in turn. */
export async function measureEmulator(signal: AbortSignal): Promise<EmulatorResults> {
  const directory = join(local, `bench-emulator-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  const emulator = await step('Starting an AWS emulator', async () =>
    startEmulator({ port: await freePort(), directory, persistent: false, signal }),
  );
  const clients = new Clients();
  try {
    const { endpoint } = emulator;
    useEmulator(endpoint);
    const stage = `${STAGE}-${process.pid}`;
    const baseUrl = await deploy({ stage, endpoint, directory, egressAllowHosts: undefined, signal });
    const bareUrl = await step('Deploying a function that does nothing', () => deployBareApi(endpoint));
    return await step('Measuring requests to the emulator', () => measure(clients, baseUrl, bareUrl));
  } finally {
    clients.close();
    await emulator.stop();
  }
}

async function measure(clients: Clients, baseUrl: string, bareUrl: string): Promise<EmulatorResults> {
  const send = async (url: string, request: HttpRequest = {}, status = 200) => {
    const answer = await clients.send(url, request);
    if (answer.status !== status) throw new Error(`${url} answered ${answer.status}: ${answer.text}`);
    return answer;
  };
  const execution = `${baseUrl}/processes/echo/execution`;
  const body = { inputs: { message: 'Hello' } };
  const start = () => send(execution, { method: 'POST', headers: { Prefer: 'respond-async' }, body }, 201);
  let jobID = '';
  for (let job = 0; job < JOBS; job++) jobID = (JSON.parse((await start()).text) as { jobID: string }).jobID;
  const requests: Readonly<Record<string, () => Promise<unknown>>> = {
    [FLOOR]: () => send(bareUrl),
    'landing page': () => send(`${baseUrl}/`),
    'list of processes': () => send(`${baseUrl}/processes?limit=1000`),
    'status of a job': () => send(`${baseUrl}/jobs/${jobID}`),
    'list of jobs': () => send(`${baseUrl}/jobs`),
    'synchronous echo': () => send(execution, { method: 'POST', body }),
    'start of a job': start,
  };
  const times = new Map(Object.keys(requests).map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < ROUNDS; round++)
    for (const [name, ask] of Object.entries(requests)) {
      const started = performance.now();
      await ask();
      if (round >= 0) times.get(name)?.push(performance.now() - started);
    }
  const answered = [...times].map(([name, samples]) => [
    name,
    { p50: quantile(samples, 0.5), p90: quantile(samples, 0.9) },
  ]);
  return {
    machine: describeMachine() + describeNoise(),
    on: today(),
    rounds: ROUNDS,
    requests: Object.fromEntries(answered),
  };
}
