import { writeFileSync } from 'node:fs';
import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, ringsOnEmulator, type Tally } from './lib/tests.ts';

/** The rings that want a deployed service, on one emulator. With a path as argument the tallies are written there, as JSON. */
await main(async () => {
  const tallies: readonly Tally[] = await runRingsOnEmulator(ringsOnEmulator, stopSignal());
  const [, , file] = process.argv;
  if (file !== undefined) writeFileSync(file, JSON.stringify(tallies));
  return conclude(tallies);
});
