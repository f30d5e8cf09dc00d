import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { settingsFor } from '../../infra/config/config.ts';
import { SecurityChecks } from '../../infra/security-checks.ts';
import { synthesizeTemplates } from './support/service.ts';

/** Rules that a tree of constructs breaks, those that are accepted included where asked for. */
function findings(scope: IConstruct, includeAccepted = false): string[] {
  const checks = new SecurityChecks(scope);
  if (includeAccepted) Object.assign(checks, { isAcknowledged: () => false });
  return checks.validateScope(scope).violations.map(({ ruleName }) => ruleName);
}

/** What the constructs accept, with the reasons. */
function acceptedBy(scope: IConstruct): [id: string, reason: string][] {
  const own = scope.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>));
  const plain = own.map(([id, reason]): [string, string] => [id.replace(/^annotation::/i, ''), reason]);
  return [...plain, ...scope.node.children.flatMap(acceptedBy)];
}

/** The CDK accepts findings of its own checks. */
const isRule = (id: string): boolean => id.startsWith('AwsSolutions-');

describe('the security rules of AWS Solutions', () => {
  for (const stage of ['dev', 'production', 'local']) {
    test(`find nothing in the stage ${stage} that is not accepted with a reason`, () => {
      assert.deepEqual(findings(synthesizeTemplates(stage).app), []);
    });
  }

  test('find nothing either with the options that cost money', () => {
    assert.deepEqual(findings(synthesizeTemplates('production', { customerManagedKey: true }).app), []);
  });

  for (const environment of [
    { AUTHORIZATION: 'iam' },
    { AUTHORIZATION: 'jwt', JWT_ISSUER: 'https://login.example.org', JWT_AUDIENCE: 'maps' },
    { AUTHORIZATION: 'cognito', COGNITO_CALLBACK_URLS: 'https://processes.example.org/' },
    { AUTHORIZATION: 'apiKey', API_KEYS: 'anna' },
  ]) {
    test(`find nothing with authorization by ${environment.AUTHORIZATION}`, () => {
      const { authorization } = settingsFor('production', environment);
      assert.deepEqual(findings(synthesizeTemplates('production', { authorization }).app), []);
    });
  }

  for (const environment of [
    {
      DOMAIN_NAME: 'a.example.org',
      HOSTED_ZONE_ID: 'Z123',
      HOSTED_ZONE_NAME: 'example.org',
      WEB_ACL: 'managed',
    },
    { VPC_ENDPOINTS: 'vpce-0a' },
    { BUDGET_USD: '100', BUDGET_MAIL: 'ops@example.org' },
  ]) {
    test(`find nothing with ${Object.keys(environment).join(', ')}`, () => {
      assert.deepEqual(
        findings(synthesizeTemplates('production', settingsFor('production', environment)).app),
        [],
      );
    });
  }

  const { large } = settingsFor('production', { LARGE: 'on' });

  test('find nothing with the large class, with a key of the customer too', () => {
    assert.deepEqual(findings(synthesizeTemplates('production', { large }).app), []);
    assert.deepEqual(
      findings(synthesizeTemplates('production', { large, customerManagedKey: true }).app),
      [],
    );
  });

  test('would find something', () => {
    const stack = new Stack(new App(), 'careless');
    new Bucket(stack, 'Bucket');
    assert.ok(findings(stack).includes('AwsSolutions-S10'));
  });

  const { app } = synthesizeTemplates('production', { large });

  test('every acceptance has a reason', () => {
    const accepted = acceptedBy(app);
    assert.ok(accepted.length > 0);
    for (const [id, reason] of accepted) assert.ok(reason.length > 20, id);
  });

  test('nothing is accepted that is not found', () => {
    const found = new Set(findings(app, true));
    for (const id of new Set(
      acceptedBy(app)
        .map(([name]) => name)
        .filter(isRule),
    ))
      assert.ok(found.has(id), `${id} is not found any more`);
  });
});
