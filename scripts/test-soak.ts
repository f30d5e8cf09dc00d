import { relative } from 'node:path';
import { reachedFrom, readImportGraph } from './lib/import-graph.ts';
import { layers, outerRoots } from './lib/layers.ts';
import { runOracle } from './lib/oracle.ts';
import { root } from './lib/paths.ts';
import { stopSignal } from './lib/processes.ts';
import { main, Problem } from './lib/progress.ts';
import { drawSeed, SEED_VARIABLES } from './lib/seeds.ts';
import { conclude, filesIn, runRing, unitRing } from './lib/tests.ts';

/** Whether a test draws random inputs, itself or by what it is made of. */
function drawingTests(): Set<string> {
  const imports = readImportGraph(root, [...Object.keys(layers), ...outerRoots]);
  const files = filesIn(unitRing).map((file) => relative(root, file));
  return new Set(
    files.filter((file) => reachedFrom(imports, file).some(({ target }) => target === 'fast-check')),
  );
}

/**
 * `npm run test:soak [-- SEED]`: all that draws random inputs, with new ones: the unit tests that use fast-check, and the
 * oracles. Run it for a while before a release; ORACLE_ROUNDS changes the number of inputs per process.
 */
await main(async () => {
  const given = process.argv[2];
  const seed = given === undefined ? drawSeed() : Number(given);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Problem(`"${given}" is not a seed: use a whole number.`);
  console.log(`Seed ${seed}: npm run test:soak -- ${seed} repeats this run.`);
  for (const name of SEED_VARIABLES) process.env[name] = String(seed);
  // Tests that look at all that is possible up to a bound look further.
  process.env['SOAK'] = '1';
  const signal = stopSignal();
  const drawing = drawingTests();
  const files = [...drawing].map((file) => relative('test', file));
  const tallies = [await runRing({ ...unitRing, name: 'soak', files, signal })];
  if (!signal.aborted) tallies.push(await runOracle([], signal));
  console.log(`\nSeed ${seed}`);
  return conclude(tallies);
});
