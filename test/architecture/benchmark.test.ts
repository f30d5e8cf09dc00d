import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kernels, wholeProcesses, windowRow } from '../../bench/table.ts';
import { processes } from '../../processes/index.ts';
import { root } from '../../scripts/lib/paths.ts';

/** Nothing is computed with an engine: they give back what they got, or the header of a file. */
const WITHOUT_ENGINE = ['EchoProcess', 'echo', 'raster-info'];

test('the benchmark compares every process that uses an engine', () => {
  const compared = wholeProcesses.map(({ name }) => name);
  const expected = processes.map(({ id }) => id).filter((id) => !WITHOUT_ENGINE.includes(id));
  assert.deepEqual(compared.toSorted(), expected.toSorted());
});

test('the results of the benchmark have a line for every case', () => {
  const results = readFileSync(join(root, 'bench', 'results.md'), 'utf8');
  for (const { name, work } of [...kernels, ...wholeProcesses, windowRow])
    assert.ok(results.includes(`| ${name.replace('kernel ', '')} | ${work} |`), name);
});
