import { runOracle } from './lib/oracle.ts';
import { stopSignal } from './lib/processes.ts';
import { main } from './lib/progress.ts';
import { conclude } from './lib/tests.ts';

/**
 * `npm run test:oracle [-- PROCESS ...]`: compares processes with shapely, rasterio, GDAL and others on random inputs, in an
 * environment of its own. ORACLE_SEED repeats a run, ORACLE_ROUNDS changes the number of inputs per process.
 */
await main(async () => conclude([await runOracle(process.argv.slice(2), stopSignal())]));
