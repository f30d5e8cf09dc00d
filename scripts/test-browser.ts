import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { browserRing, conclude, runRing } from './lib/tests.ts';

/** `npm run test:browser`: pages, maps and tables in a real browser. `CHROMIUM` names it where it is not /usr/bin/chromium. */
await main(async () => conclude([await runRing({ ...browserRing, signal: stopSignal() })]));
