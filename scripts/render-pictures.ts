import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { processes } from '../processes/index.ts';
import { startMapHarness } from '../test/browser/support/map-harness.ts';
import { main } from './lib/progress.ts';
import { drawPictures } from './pictures/draw-pictures.ts';
import { exampleLayers } from './pictures/example-layers.ts';
import { hashDrawn, picturesFolder, readHashes, writeHashes } from './pictures/hashes.ts';

/**
 * `npm run pictures`: draws what each process makes of its first example, before and after, with the results of the service and
 * the code of the map. Pictures that are current are left alone; `-- --all` draws all anew.
 */
await main(async () => {
  const { values } = parseArgs({ options: { all: { type: 'boolean' } } });
  const known = values.all ? {} : readHashes();
  const stale = processes.filter((process) => known[process.id] !== hashDrawn(process));
  mkdirSync(picturesFolder, { recursive: true });
  const harness = await startMapHarness();
  try {
    for (const process of stale) {
      const layers = await exampleLayers(process);
      const pictures = layers.length > 0 ? await drawPictures(harness, layers) : {};
      for (const when of ['before', 'after'] as const) {
        const file = join(picturesFolder, `${process.id}-${when}.webp`);
        const picture = pictures[when];
        if (picture) writeFileSync(file, picture);
        else rmSync(file, { force: true });
      }
      known[process.id] = hashDrawn(process);
      console.log(`${process.id}: ${Object.keys(pictures).join(', ') || 'nothing to draw'}`);
    }
  } finally {
    await harness.close();
  }
  writeHashes(Object.fromEntries(processes.map(({ id }) => [id, known[id] ?? ''])));
  return 0;
});
