import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRings, runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, integrationRing } from './lib/tests.ts';

/**
 * `npm run test:integration`: the integration ring on an emulator of its own. With BASE_URL and AWS_ENDPOINT_URL it
 * runs against that service, which must have been deployed with EGRESS_ALLOW_HOSTS=127.0.0.1:$FIXTURE_PORT.
 */
const { BASE_URL, AWS_ENDPOINT_URL, FIXTURE_PORT = '18888' } = process.env;

await main(async () => {
  const signal = stopSignal();
  if (!BASE_URL || !AWS_ENDPOINT_URL) return conclude(await runRingsOnEmulator([integrationRing], signal));
  const fixtures = { host: '127.0.0.1', port: Number(FIXTURE_PORT) };
  return conclude(await runRings([integrationRing], { baseUrl: BASE_URL, fixtures, signal }));
});
