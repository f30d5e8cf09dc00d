import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from './durations.ts';
import { root, toolEnvironment } from './paths.ts';
import { exitCode } from './processes.ts';
import { pythonWith } from './python.ts';
import { seedEnvironment } from './seeds.ts';
import type { Tally } from './tests.ts';

/** Python with the engines that results are compared with. */
export const oracleEnvironment = {
  folder: 'venv-oracle',
  title: 'shapely, rasterio and others',
  requirements: 'test/oracle/requirements.txt',
};

/**
 * Compares processes with other engines on random inputs and counts the inputs.
 *
 * @param processes ids; all where there are none
 */
export async function runOracle(processes: readonly string[], signal?: AbortSignal): Promise<Tally> {
  console.log('\n== oracle tests ==');
  const python = await pythonWith(oracleEnvironment, signal);
  const directory = mkdtempSync(join(tmpdir(), 'oracle-'));
  const counts = join(directory, 'counts.json');
  try {
    const compare = () =>
      exitCode(python, {
        name: 'oracle',
        args: ['-B', join(root, 'test', 'oracle', 'run.py'), ...processes],
        env: { ...toolEnvironment(), ...seedEnvironment(), ORACLE_COUNTS: counts },
        ...(signal ? { signal } : {}),
      });
    const isUsual = processes.length === 0 && !process.env['ORACLE_ROUNDS'];
    await (isUsual ? timed('oracle', compare, { signal }) : compare());
    return JSON.parse(readFileSync(counts, 'utf8')) as Tally;
  } catch (error) {
    console.error(error);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
