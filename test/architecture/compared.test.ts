import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { wholeProcesses } from '../../bench/table.ts';
import { processes } from '../../processes/index.ts';
import { root } from '../../scripts/lib/paths.ts';

const read = (path: string) => readFileSync(join(root, 'test', path), 'utf8');
const ids = processes.map(({ id }) => id).toSorted();
const uncompared = JSON.parse(read('uncompared.json')) as Record<
  'oracle' | 'benchmark',
  Record<string, string>
>;

/** Rows of the table of the oracles, which is a dictionary of Python with a line for each. */
const oracleRows = [...read('oracle/table.py').matchAll(/^ {4}"([\w-]+)": \w+\.\w+,$/gm)].map(
  ([, id = '']) => id,
);

/** What compares processes, and which it has. */
const tables = {
  oracle: oracleRows,
  benchmark: wholeProcesses.map(({ name }) => name),
};

describe('every process is compared with other software, or it is said why not', () => {
  for (const [name, rows] of Object.entries(tables)) {
    const reasons = uncompared[name as keyof typeof tables];

    test(`by the ${name}`, () => {
      assert.ok(rows.length > 0);
      assert.deepEqual([...rows, ...Object.keys(reasons)].toSorted(), ids);
      for (const [id, reason] of Object.entries(reasons)) assert.match(reason, /\w+ \w+/, id);
    });
  }
});
