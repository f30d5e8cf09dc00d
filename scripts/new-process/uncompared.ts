import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where it is said which processes are not compared with other software, and why. */
export const uncomparedFile = 'test/uncompared.json';

/** What a new process is not compared by yet, and where that is mended. */
const reasons = {
  oracle: 'new: to be compared by a row in test/oracle/table.py',
  benchmark: 'new: to be timed by a row in bench/table.ts',
} as const;

/** Says of a new process that it is not compared with other software yet. */
export function addUncompared(id: string, root: string): void {
  const file = join(root, uncomparedFile);
  const before = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;
  const after = Object.entries(reasons).map(([table, reason]) => [
    table,
    Object.fromEntries(
      Object.entries({ ...before[table], [id]: reason }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ]);
  writeFileSync(file, `${JSON.stringify({ ...before, ...Object.fromEntries(after) }, null, 2)}\n`);
}
