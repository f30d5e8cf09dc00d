import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeProcesses } from '../../bench/table.ts';
import { processes } from '../../processes/index.ts';

/** Nothing is computed with an engine: they give back what they got, or the header of a file. */
const WITHOUT_ENGINE = ['EchoProcess', 'echo', 'raster-info'];

test('the benchmark compares every process that uses an engine', () => {
  const compared = wholeProcesses.map(({ name }) => name);
  const expected = processes.map(({ id }) => id).filter((id) => !WITHOUT_ENGINE.includes(id));
  assert.deepEqual(compared.toSorted(), expected.toSorted());
});
