import { join } from 'node:path';
import { deploy, useEmulator } from './lib/deployment.ts';
import { freePort } from './lib/emulator.ts';
import { bridgeAddress, findLocalStack } from './lib/endpoint.ts';
import { local } from './lib/paths.ts';
import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRings } from './lib/rings-on-emulator.ts';
import { conclude, integrationRing, type Ring, smokeRing } from './lib/tests.ts';

/**
 * `npm run test:localstack [-- FILE...]`: the same stacks and tests on a LocalStack that is running, at
 * AWS_ENDPOINT_URL or one of its usual addresses. Its functions run in containers, so the server for links and
 * callbacks listens where they reach it: on Docker's bridge, which only this machine and its containers see.
 * FIXTURE_HOST names another address. Files are globs, from `test/` on or below it.
 */
const { AWS_ENDPOINT_URL, FIXTURE_HOST = bridgeAddress() ?? '127.0.0.1' } = process.env;
const files = process.argv.slice(2);
const rings: readonly Ring[] = files.length > 0 ? [{ name: 'chosen', files }] : [integrationRing, smokeRing];

await main(async () => {
  const signal = stopSignal();
  const { url: endpoint, kind, name } = await findLocalStack(AWS_ENDPOINT_URL);
  console.log(`- Found ${name} at ${endpoint}; links and callbacks of the tests use ${FIXTURE_HOST}`);
  useEmulator(endpoint);
  const fixtures = { host: FIXTURE_HOST, port: await freePort(FIXTURE_HOST) };
  const egressAllowHosts = `${fixtures.host}:${fixtures.port}`;
  const directory = join(local, 'localstack');
  const baseUrl = await deploy({ endpoint, kind, directory, egressAllowHosts, signal });
  return conclude(await runRings(rings, { baseUrl, fixtures, emulator: kind, signal }));
});
