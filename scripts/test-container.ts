import { spawnSync } from 'node:child_process';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, type Ring } from './lib/tests.ts';

const ring: Ring = {
  name: 'large class in containers',
  files: ['integration/large-class.test.ts'],
  env: { LARGE_TASKS: 'docker' },
};

/**
 * `npm run test:container`: jobs of the large class in containers of the image that is deployed, on an emulator of its own. Without Docker
 * it fails, as nothing was tested; the ring `integration` runs the same tests with processes of this machine.
 */
await main(async () => {
  const { status, stderr, error } = spawnSync('docker', ['info'], { encoding: 'utf8', timeout: 20_000 });
  if (status !== 0)
    throw new Problem(
      `Left out: Docker does not answer (${(error?.message ?? stderr).trim().split('\n').at(-1)}). Nothing was tested.`,
    );
  return conclude(await runRingsOnEmulator([ring], stopSignal()));
});
