import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readNote, stopLeftovers } from './lib/emulator.ts';
import { local } from './lib/paths.ts';
import { processRuns } from './lib/processes.ts';
import { main } from './lib/progress.ts';

/** `npm stop`: ends the service that `npm start` runs in another terminal, as Ctrl-C there would. */
await main(async () => {
  const directory = join(local, 'emulator');
  const note = readNote(directory);
  if (!note) {
    console.log('Nothing runs.');
    return 0;
  }
  if (note.launcherRuns) process.kill(note.launcher, 'SIGTERM');
  for (let wait = 0; wait < 300 && processRuns(note.launcher) && note.launcherRuns; wait++) await sleep(100);
  await stopLeftovers(directory);
  console.log('Stopped.');
  return 0;
});
