import { toolEnvironment } from './lib/paths.ts';
import { exitCode, stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { conclude, fastRing, runRing, type Tally } from './lib/tests.ts';

/**
 * `npm run test:fast [-- PROCESS ...]`: what can be run after every change, in less than a minute on an idle machine: types,
 * style, and the unit tests that are quick; with names of processes, the tests of those too.
 */
await main(async () => {
  const signal = stopSignal();
  const env = toolEnvironment();
  const tallies: Tally[] = [];
  for (const script of ['check:types', 'check:style']) {
    const code = await exitCode('npm', { name: script, args: ['run', '--silent', script], env, signal });
    tallies.push(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  const processes = process.argv.slice(2).map((id) => `processes/${id}/*.test.ts`);
  tallies.push(await runRing({ ...fastRing, files: [...fastRing.files, ...processes], signal }));
  return conclude(tallies);
});
