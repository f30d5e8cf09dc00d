import { randomInt } from 'node:crypto';

/** Random inputs are the same in every run, so that a change neither fails nor passes by its luck. */
export const FIXED_SEED = 20_260_131;

/** Where the seeds of random inputs are given to the tests: those of fast-check, and those of the oracles. */
export const SEED_VARIABLES = ['FAST_CHECK_SEED', 'ORACLE_SEED'] as const;

/** Environment with a seed for each kind of random inputs: as it is set already, else the fixed one. */
export const seedEnvironment = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<(typeof SEED_VARIABLES)[number], string> => ({
  FAST_CHECK_SEED: env['FAST_CHECK_SEED'] || String(FIXED_SEED),
  ORACLE_SEED: env['ORACLE_SEED'] || String(FIXED_SEED),
});

/** A seed that was not there before. */
export const drawSeed = (): number => randomInt(2 ** 31 - 1);
