import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, loadRing } from './lib/tests.ts';

/** `npm run test:load`: a thousand jobs at once on an emulator of its own, with four workers; LOAD_JOBS changes how many. */
await main(async () => conclude(await runRingsOnEmulator([loadRing], stopSignal())));
