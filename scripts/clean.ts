import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopLeftovers } from './lib/emulator.ts';
import { local, root } from './lib/paths.ts';
import { main } from './lib/progress.ts';

/** `npm run clean`: deletes what the scripts have made, after stopping what a dead script has left running. */
await main(async () => {
  for (const name of existsSync(local) ? readdirSync(local) : []) await stopLeftovers(join(local, name));
  for (const path of [local, join(root, 'cdk.out')]) rmSync(path, { recursive: true, force: true });
  console.log('Deleted .local and cdk.out');
  return 0;
});
