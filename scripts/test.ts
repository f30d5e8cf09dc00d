import { expectation, timed } from './lib/durations.ts';
import { runOracle } from './lib/oracle.ts';
import { toolEnvironment } from './lib/paths.ts';
import { exitCode, stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import {
  bombsRing,
  browserRing,
  clientsRing,
  conclude,
  faultsRing,
  filesRing,
  infraRing,
  integrationRing,
  pagesRing,
  runRing,
  smokeRing,
  type Tally,
  unitRing,
} from './lib/tests.ts';

const signal = stopSignal();
const ringsOnEmulator = [integrationRing, faultsRing, clientsRing, pagesRing, smokeRing];

/** `npm run check` as one test. */
async function check(): Promise<Tally> {
  console.log('\n== types, style, rules, generated files ==');
  const env = toolEnvironment();
  const args = ['run', '--silent', 'check'];
  const code = await timed('check', () => exitCode('npm', { name: 'npm run check', args, env, signal }), {
    signal,
  });
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runOnEmulator(): Promise<Tally[]> {
  console.log('');
  return runRingsOnEmulator(ringsOnEmulator, signal);
}

/** All that a change must pass, by what each part is called where its time is recorded. */
const parts: readonly (readonly [names: readonly string[], run: () => Promise<Tally | Tally[]>])[] = [
  [['check'], check],
  [[unitRing.name], () => runRing({ ...unitRing, signal })],
  [[bombsRing.name], () => runRing({ ...bombsRing, signal })],
  [[infraRing.name], () => runRing({ ...infraRing, signal })],
  [['oracle'], () => runOracle([], signal)],
  [[filesRing.name], () => runRing({ ...filesRing, signal })],
  [[browserRing.name], () => runRing({ ...browserRing, signal })],
  [['emulator', ...ringsOnEmulator.map(({ name }) => name)], runOnEmulator],
];

/** `npm test`: goes on after a failure, so that one run shows everything. */
await main(async () => {
  console.log(expectation(parts.flatMap(([names]) => names)));
  const tallies: (Tally | Tally[])[] = [];
  for (const [, run] of parts) tallies.push(await run());
  return conclude(tallies.flat());
});
