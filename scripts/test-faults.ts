import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, faultsRing } from './lib/tests.ts';

/**
 * `npm run test:faults`: at least a thousand faults on an emulator of its own, by a fixed seed. Each failure says its own, with
 * which `FAULTS_SEED` begins there.
 */
await main(async () => conclude(await runRingsOnEmulator([faultsRing], stopSignal())));
