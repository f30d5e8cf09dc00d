import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kernels, wholeProcesses, windowRow } from '../../bench/table.ts';
import { root } from '../../scripts/lib/paths.ts';

test('the results of the benchmark have a line for every case', () => {
  const results = readFileSync(join(root, 'bench', 'results.md'), 'utf8');
  for (const { name, work } of [...kernels, ...wholeProcesses, windowRow])
    assert.ok(results.includes(`| ${name.replace('kernel ', '')} | ${work} |`), name);
});
