import { expectation, timed } from './lib/durations.ts';
import { runOracle } from './lib/oracle.ts';
import { toolEnvironment } from './lib/paths.ts';
import { exitCode, stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { runRingsOnEmulator } from './lib/rings-on-emulator.ts';
import { hasRoomForTwo, startLane } from './lib/second-lane.ts';
import {
  bombsRing,
  browserRing,
  conclude,
  filesRing,
  infraRing,
  ringsOnEmulator,
  runRing,
  type Tally,
  unitRing,
} from './lib/tests.ts';

const signal = stopSignal();

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

/** What needs no service, by what each part is called where its time is recorded. */
const parts: readonly (readonly [name: string, run: () => Promise<Tally>])[] = [
  ['check', check],
  [unitRing.name, () => runRing({ ...unitRing, signal })],
  [bombsRing.name, () => runRing({ ...bombsRing, signal })],
  [infraRing.name, () => runRing({ ...infraRing, signal })],
  ['oracle', () => runOracle([], signal)],
  [filesRing.name, () => runRing({ ...filesRing, signal })],
  [browserRing.name, () => runRing({ ...browserRing, signal })],
];
const partsOnEmulator = ['emulator', ...ringsOnEmulator.map(({ name }) => name)];

/**
 * `npm test`: goes on after a failure, so that one run shows everything. The rings on the emulator wait most of their time, for
 * pauses, retries and polls: what computes runs beside them, where there is memory for both.
 */
await main(async () => {
  const names = parts.map(([name]) => name);
  const isDouble = hasRoomForTwo();
  console.log(expectation(isDouble ? [names, partsOnEmulator] : [[...names, ...partsOnEmulator]]));
  const lane = isDouble ? startLane('scripts/test-on-emulator.ts', signal) : undefined;
  const tallies: Tally[] = [];
  for (const [, run] of parts) tallies.push(await run());
  console.log('');
  const onEmulator = await (lane ? lane.finish() : runRingsOnEmulator(ringsOnEmulator, signal));
  return conclude([...tallies, ...onEmulator]);
});
