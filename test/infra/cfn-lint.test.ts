import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Template } from 'aws-cdk-lib/assertions';
import { settingsFor } from '../../infra/config/config.ts';
import { pythonWith } from '../../scripts/lib/python.ts';
import { synthesizeTemplates } from './support/service.ts';

/**
 * `cfn-lint` knows what CloudFormation says of a template only when it is deployed: properties that no resource has, values that
 * are out of range, references that lead nowhere.
 */
const environment = {
  folder: 'venv-cfn-lint',
  title: "the linter of CloudFormation's templates",
  requirements: 'test/infra/requirements.txt',
} as const;

/** The CDK writes out which resource waits for which, also where a reference says it already. */
const IGNORED = ['W3005'];

const everything = synthesizeTemplates('production', {
  ...settingsFor('production', {
    LARGE: 'on',
    AUTHORIZATION: 'cognito',
    COGNITO_CALLBACK_URLS: 'https://processes.example.org/',
    DOMAIN_NAME: 'processes.example.org',
    HOSTED_ZONE_ID: 'Z0123456789ABC',
    HOSTED_ZONE_NAME: 'example.org',
    WEB_ACL: 'managed',
    BUDGET_USD: '100',
    BUDGET_MAIL: 'ops@example.org',
    ALARM_EMAIL: 'ops@example.org',
  }),
  customerManagedKey: true,
});
/** All that a deployment may have, and what only one has that goes with its stack. */
const templates: Readonly<Record<string, Template>> = {
  state: everything.state,
  compute: everything.compute,
  api: everything.api,
  watch: everything.watch!,
  'state of a stage for development': synthesizeTemplates('dev').state,
};

describe('the linter of CloudFormation', { concurrency: true }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  let linter = '';
  before(async () => {
    linter = join(dirname(await pythonWith(environment)), 'cfn-lint');
  });

  const lint = async (template: object, name: string): Promise<string> => {
    const file = join(directory, `${name.replaceAll(' ', '-')}.json`);
    writeFileSync(file, JSON.stringify(template, null, 1));
    const args = [
      '--regions',
      'us-east-1',
      '--ignore-checks',
      ...IGNORED,
      '--format',
      'parseable',
      '--',
      file,
    ];
    try {
      return (await promisify(execFile)(linter, args)).stdout;
    } catch (error) {
      return (error as { readonly stdout: string }).stdout;
    }
  };

  for (const [name, template] of Object.entries(templates))
    test(`finds nothing in the template: ${name}`, async () => {
      assert.equal(await lint(template.toJSON(), name), '');
    });

  test('would find something', async () => {
    const careless = {
      Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: 'jobID' } } },
    };
    assert.match(await lint(careless, 'careless'), /:E\d{4}:/);
  });
});
