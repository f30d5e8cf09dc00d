import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { baseUrl, get, remove } = serviceFromEnvironment();

/** Refusing what is wrong is not among the checks: an input may be wrong in ways that no schema can say. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'unsupported_method',
];

/** Every operation of the table, and of the processes one of each kind. */
const elsewhere = '/processes/(?!EchoProcess/|buffer/|\\{)';

/** The results of a failed job are the error that it failed with, perhaps a 500 (/req/core/job-results-failed): no fault of the service now. */
async function removeFailedJobs(): Promise<void> {
  for (let page = 0; page < 20; page++) {
    const { jobs } = (await get('/jobs?status=failed&limit=100')).json;
    if (jobs.length === 0) return;
    for (const { jobID } of jobs) await remove(`/jobs/${jobID}`);
  }
}

test('schemathesis finds no fault of the service, and nothing that the API definition does not say', async () => {
  await removeFailedJobs();
  const python = await clientsPython();
  const { code, output } = await runProgram(join(dirname(python), 'schemathesis'), [
    'run',
    `${baseUrl}/api`,
    '--checks',
    checks.join(','),
    '--exclude-path-regex',
    elsewhere,
    '--phases',
    'examples,coverage,fuzzing,stateful',
    '--max-examples',
    '10',
    '--seed',
    '20260131',
    // Two threads would meet in ast.parse, which CPython 3.11 does not stand (gh-106905: "AST constructor recursion depth mismatch").
    '--workers',
    '1',
    '--generation-database',
    ':memory:',
    '--no-color',
  ]);
  assert.equal(code, 0, output);
});
