import { expectation, timed } from './lib/durations.ts';
import { runOracle } from './lib/oracle.ts';
import { toolsFirst } from './lib/paths.ts';
import { exitCode, stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import {
  clientsRing,
  conclude,
  infraRing,
  integrationRing,
  runRing,
  smokeRing,
  type Tally,
  unitRing,
} from './lib/tests.ts';

/** `npm test`: all that a change must pass. Goes on after a failure, so that one run shows everything. */
await main(async () => {
  const signal = stopSignal();
  const tallies: Tally[] = [];
  console.log(
    expectation(['check', 'unit', 'infra', 'oracle', 'emulator', 'integration', 'clients', 'smoke']),
  );
  console.log('\n== types, style, rules, generated files ==');
  const env = { ...process.env, PATH: toolsFirst };
  const check = await timed(
    'check',
    () => exitCode('npm', { name: 'npm run check', args: ['run', '--silent', 'check'], env, signal }),
    { signal },
  );
  tallies.push(check === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  for (const ring of [unitRing, infraRing]) tallies.push(await runRing({ ...ring, signal }));
  tallies.push(await runOracle([], signal));
  console.log('');
  const onEmulator = await runRingsOnEmulator([integrationRing, clientsRing, smokeRing], signal);
  return conclude([...tallies, ...onEmulator]);
});
