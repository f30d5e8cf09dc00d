import fc from 'fast-check';
import { seedEnvironment } from '../../scripts/lib/seeds.ts';

// What the functions log goes to the console of the test, which may listen to it, and metrics nowhere.
process.env['POWERTOOLS_DEV'] ??= 'true';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';

/** Loaded before the tests: the same random inputs in every run, unless FAST_CHECK_SEED says otherwise. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seedEnvironment().FAST_CHECK_SEED) });
