import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRings, runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { browserRing, conclude, pagesRing, runRing } from './lib/tests.ts';

/**
 * `npm run test:browser`: maps and tables in a real browser, and then all pages on an emulator of their own, or with BASE_URL
 * those of the service that is there. `CHROMIUM` names the browser where it is not /usr/bin/chromium.
 */
const { BASE_URL, FIXTURE_PORT = '18888' } = process.env;

await main(async () => {
  const signal = stopSignal();
  const maps = await runRing({ ...browserRing, signal });
  const fixtures = { host: '127.0.0.1', port: Number(FIXTURE_PORT) };
  const pages = BASE_URL
    ? await runRings([pagesRing], { baseUrl: BASE_URL, fixtures, signal })
    : await runRingsOnEmulator([pagesRing], signal);
  return conclude([maps, ...pages]);
});
