import { installStryker, mutate, mutatedFolders } from './lib/mutation.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';

/**
 * `npm run test:mutation [-- FOLDER ...]`: changes core in small ways, one at a time, and runs the unit tests of the folder
 * on each change: a change that no test notices shows what is not tested. Takes minutes; the reports are in `.local`.
 */
await main(async () => {
  const wanted = process.argv.slice(2);
  const folders = mutatedFolders.filter((folder) => wanted.length === 0 || wanted.includes(folder));
  if (folders.length < wanted.length)
    throw new Problem(`Which folder of core? ${mutatedFolders.join(', ')}; all where none is named.`);
  const signal = stopSignal();
  await installStryker(signal);
  let enough = true;
  for (const folder of folders) enough = (await mutate(folder, signal)) && enough;
  return enough ? 0 : 1;
});
