import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { clientsRing, conclude } from './lib/tests.ts';

/** `npm run test:clients`: clients and servers of others against the service on an emulator of its own. */
await main(async () => conclude(await runRingsOnEmulator([clientsRing], stopSignal())));
