import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { conclude, loadRing } from './lib/tests.ts';

/** Who sends jobs besides the one who floods the service. */
const others = ['anna', 'bram', 'carla', 'dora', 'emil'];
/** Who may see the jobs of all; sends none. */
const ADMIN = 'operator';
/** Jobs of an owner that may run, and wait, at the same time. */
const [RUNNING, WAITING] = [2, 120];

/**
 * `npm run test:load`: a thousand jobs at once on an emulator of its own, by several owners, more than may run and wait; LOAD_JOBS
 * changes how many.
 */
await main(async () => {
  const ring = { ...loadRing, env: { LOAD_OTHERS: others.join(), LOAD_RUNNING: String(RUNNING) } };
  const settings = {
    AUTHORIZATION: 'apiKey',
    API_KEYS: ['flood', ...others, ADMIN].join(),
    AUTHORIZATION_ADMINS: ADMIN,
    QUOTAS: `runningJobs=${RUNNING},waitingJobs=${WAITING}`,
  };
  return conclude(await runRingsOnEmulator([ring], stopSignal(), { settings }));
});
