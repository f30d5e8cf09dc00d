import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, gigapixelRing } from './lib/tests.ts';

/**
 * `npm run test:gigapixel`: jobs on a raster of a gigapixel on an emulator of its own, with the memory that their workers take.
 * `GIGAPIXEL_SIZE` is another number of pixels of a side than 32768; it should be divided all the same, as from 10000 on.
 */
await main(async () => conclude(await runRingsOnEmulator([gigapixelRing], stopSignal())));
