import fc from 'fast-check';
import { seedEnvironment } from '../../scripts/lib/seeds.ts';

/** Loaded before the tests: the same random inputs in every run, unless FAST_CHECK_SEED says otherwise. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seedEnvironment().FAST_CHECK_SEED) });
