import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { serviceFromEnvironment } from '../support/service-client.ts';
import { clientsPython, runProgram } from './support.ts';

const { baseUrl } = serviceFromEnvironment();

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

test('schemathesis finds no fault of the service, and nothing that the API definition does not say', async () => {
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
    '--workers',
    '2',
    '--generation-database',
    ':memory:',
    '--no-color',
  ]);
  assert.equal(code, 0, output);
});
