import fc from 'fast-check';

/** Loaded before the tests where FAST_CHECK_SEED is set: the same random inputs in every run. */
const seed = Number(process.env['FAST_CHECK_SEED']);
if (Number.isInteger(seed)) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
