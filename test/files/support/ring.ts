import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { packageData } from './packages.ts';
import { type Run, runFiles, type Settings } from './run-files.ts';

/** Small files of the corner cases, made by `make.py` beside them. */
const fixtures = join(root, 'test', 'fixtures', 'files');

/** Runs what the ring runs: the data of packages, and the files of this project's own. */
export async function runRingFiles(settings: Settings): Promise<Run> {
  const packages = await runFiles(await packageData(settings.signal), settings);
  const own = await runFiles(fixtures, settings);
  return {
    rows: [...packages.rows, ...own.rows.map((row) => ({ ...row, file: `fixtures/${row.file}` }))],
    skipped: packages.skipped + own.skipped,
  };
}
