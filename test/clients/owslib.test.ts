import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { baseUrl } = serviceFromEnvironment();

test('OWSLib lists, describes, executes while it waits and as a job, gets results, and reads what is wrong', async () => {
  const python = await clientsPython();
  const { code, output } = await runProgram(python, [join(import.meta.dirname, 'owslib_client.py'), baseUrl]);
  assert.equal(code, 0, output);
  const seen = JSON.parse(output.trim().split('\n').at(-1)!);
  assert.ok(seen.conformance > 10);
  assert.ok(seen.processes.includes('buffer'));
  assert.ok(seen.inputs.includes('features') && seen.inputs.includes('distance'));
  assert.equal(seen.buffer, 'Polygon');
  assert.equal(seen.status, 'successful');
  // OWSLib asks for `response: document`: a map.
  assert.deepEqual(seen.results, { message: 'from OWSLib', pause: 1 });
  assert.equal(seen.error.errors[0].pointer, '/inputs/distance');
});
