import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { deploy, useEmulator } from './lib/deployment.ts';
import { freePort } from './lib/emulator.ts';
import { local } from './lib/paths.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { runRings } from './lib/rings-on-emulator.ts';
import { conclude, integrationRing, smokeRing } from './lib/tests.ts';

/**
 * `npm run test:localstack`: the same stacks and tests on a LocalStack that is running at AWS_ENDPOINT_URL. Its
 * functions run in containers, so the server for links and callbacks listens where they reach it: on Docker's
 * bridge, which only this machine and its containers see. FIXTURE_HOST names another address.
 */
const bridge = networkInterfaces()['docker0']?.find(({ family }) => family === 'IPv4')?.address;
const { AWS_ENDPOINT_URL = 'http://127.0.0.1:4599', FIXTURE_HOST = bridge ?? '127.0.0.1' } = process.env;

await main(async () => {
  const signal = stopSignal();
  const endpoint = AWS_ENDPOINT_URL.replace(/\/+$/, '');
  const health = await fetch(`${endpoint}/_localstack/health`).catch(() => undefined);
  if (!health?.ok)
    throw new Problem(`No LocalStack answers at ${endpoint}. Start one, or name it: AWS_ENDPOINT_URL=...`);
  useEmulator(endpoint);
  const fixtures = { host: FIXTURE_HOST, port: await freePort() };
  const egressAllowHosts = `${fixtures.host}:${fixtures.port}`;
  const baseUrl = await deploy({ endpoint, directory: join(local, 'localstack'), egressAllowHosts, signal });
  return conclude(await runRings([integrationRing, smokeRing], { baseUrl, fixtures, signal }));
});
