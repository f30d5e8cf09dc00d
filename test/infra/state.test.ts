import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findOnlyResource, findResources, type Json, synthesizeTemplates } from './support/service.ts';

describe('the table of jobs', () => {
  const { Properties: table, DeletionPolicy } = findOnlyResource(
    synthesizeTemplates('dev').state,
    'AWS::DynamoDB::Table',
  );

  test('costs nothing while idle', () => {
    assert.equal(table.BillingMode, 'PAY_PER_REQUEST');
    assert.equal(table.ProvisionedThroughput, undefined);
  });

  test('can be restored to any second, and forgets jobs by itself', () => {
    assert.equal(table.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, true);
    assert.deepEqual(table.TimeToLiveSpecification, { AttributeName: 'expires', Enabled: true });
  });

  test('finds a job by its id, and lists jobs newest first', () => {
    assert.deepEqual(table.KeySchema, [{ AttributeName: 'jobID', KeyType: 'HASH' }]);
    const [index, sweep, line, ...others] = table.GlobalSecondaryIndexes;
    assert.equal(others.length, 0);
    assert.equal(sweep.IndexName, 'due');
    assert.equal(line.IndexName, 'waiting');
    assert.equal(index.IndexName, 'newest-first');
    assert.deepEqual(index.Projection, { ProjectionType: 'ALL' });
    assert.deepEqual(index.KeySchema, [
      { AttributeName: 'listKey', KeyType: 'HASH' },
      { AttributeName: 'position', KeyType: 'RANGE' },
    ]);
  });

  test('finds the jobs that wait for their turn from an index of nothing but keys', () => {
    const index = table.GlobalSecondaryIndexes.find(({ IndexName }: Json) => IndexName === 'waiting');
    assert.deepEqual(index.Projection, { ProjectionType: 'KEYS_ONLY' });
    assert.deepEqual(index.KeySchema, [
      { AttributeName: 'waitsFor', KeyType: 'HASH' },
      { AttributeName: 'waitPosition', KeyType: 'RANGE' },
    ]);
  });

  test('finds the jobs that nobody has ended from an index of nothing but keys', () => {
    const index = table.GlobalSecondaryIndexes.find(({ IndexName }: Json) => IndexName === 'due');
    assert.deepEqual(index.Projection, { ProjectionType: 'KEYS_ONLY' });
    assert.deepEqual(index.KeySchema, [
      { AttributeName: 'sweepKey', KeyType: 'HASH' },
      { AttributeName: 'due', KeyType: 'RANGE' },
    ]);
  });

  test('goes with the stack of a development stage, and stays in production', () => {
    assert.equal(DeletionPolicy, 'Delete');
    assert.equal(table.DeletionProtectionEnabled, false);
    const kept = findOnlyResource(synthesizeTemplates('production').state, 'AWS::DynamoDB::Table');
    assert.equal(kept.DeletionPolicy, 'RetainExceptOnCreate');
    assert.equal(kept.Properties.DeletionProtectionEnabled, true);
  });
});

describe('the bucket', () => {
  const { state, settings } = synthesizeTemplates('production');
  const { Properties: bucket, DeletionPolicy } = findOnlyResource(state, 'AWS::S3::Bucket');

  test('is encrypted and private', () => {
    assert.deepEqual(bucket.BucketEncryption.ServerSideEncryptionConfiguration, [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
    assert.deepEqual(bucket.PublicAccessBlockConfiguration, {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    assert.deepEqual(bucket.OwnershipControls.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test('takes no request without TLS', () => {
    const { PolicyDocument } = findOnlyResource(state, 'AWS::S3::BucketPolicy').Properties;
    const [statement] = PolicyDocument.Statement;
    assert.equal(statement.Effect, 'Deny');
    assert.equal(statement.Action, 's3:*');
    assert.deepEqual(statement.Principal, { AWS: '*' });
    assert.deepEqual(statement.Condition, { Bool: { 'aws:SecureTransport': 'false' } });
  });

  test('forgets data when the table forgets the job, what nobody waits for after a day', () => {
    const rules = bucket.LifecycleConfiguration.Rules as Record<string, unknown>[];
    const expiry = (prefix: string) => rules.find((rule) => rule['Prefix'] === prefix);
    assert.equal(expiry('jobs/')?.['ExpirationInDays'], settings.retentionDays);
    assert.equal(expiry('sync/')?.['ExpirationInDays'], 1);
    assert.equal(expiry('uploads/')?.['ExpirationInDays'], 1);
    assert.ok(rules.some((rule) => rule['AbortIncompleteMultipartUpload'] && rule['Prefix'] === undefined));
    assert.ok(rules.every((rule) => rule['Status'] === 'Enabled'));
    assert.equal(bucket.VersioningConfiguration, undefined);
  });

  test('lets pages of any origin follow a redirect to a result, and send uploads', () => {
    const [rule] = bucket.CorsConfiguration.CorsRules;
    assert.deepEqual(rule.AllowedMethods, ['GET', 'HEAD', 'PUT']);
    assert.deepEqual(rule.AllowedOrigins, ['*']);
  });

  test('stays in production, and is emptied and deleted with a development stage', () => {
    assert.equal(DeletionPolicy, 'RetainExceptOnCreate');
    assert.equal(Object.keys(state.findResources('Custom::S3AutoDeleteObjects')).length, 0);
    const development = synthesizeTemplates('dev').state;
    assert.equal(findOnlyResource(development, 'AWS::S3::Bucket').DeletionPolicy, 'Delete');
    assert.equal(Object.keys(development.findResources('Custom::S3AutoDeleteObjects')).length, 1);
  });
});

describe('a key of the customer', () => {
  const { state, compute, api } = synthesizeTemplates('dev', { customerManagedKey: true });
  const keyReference = (value: Json) => JSON.stringify(value).match(/"(Key\w+)"/)?.[1];
  const [keyId] = Object.keys(state.findResources('AWS::KMS::Key'));

  test('rotates, and encrypts bucket, table and secret', () => {
    assert.equal(findOnlyResource(state, 'AWS::KMS::Key').Properties.EnableKeyRotation, true);
    const [rule] = findOnlyResource(state, 'AWS::S3::Bucket').Properties.BucketEncryption
      .ServerSideEncryptionConfiguration;
    assert.equal(rule.ServerSideEncryptionByDefault.SSEAlgorithm, 'aws:kms');
    assert.equal(rule.BucketKeyEnabled, true);
    assert.equal(keyReference(rule), keyId);
    const { SSESpecification } = findOnlyResource(state, 'AWS::DynamoDB::Table').Properties;
    assert.equal(SSESpecification.SSEType, 'KMS');
    assert.equal(keyReference(SSESpecification.KMSMasterKeyId), keyId);
    assert.equal(
      keyReference(findOnlyResource(state, 'AWS::SecretsManager::Secret').Properties.KmsKeyId),
      keyId,
    );
  });

  test('may be used by functions that have to do with data, by its alias and no other key', () => {
    const { AliasName } = findOnlyResource(state, 'AWS::KMS::Alias').Properties;
    for (const template of [compute, api]) {
      const statements = Object.values(findResources(template, 'AWS::IAM::Policy')).flatMap(
        ({ Properties }) => Properties.PolicyDocument.Statement as Json[],
      );
      const onKeys = statements.filter(({ Action }) =>
        [Action].flat().some((action) => /^kms:/.test(action)),
      );
      assert.ok(onKeys.length > 5);
      for (const { Condition, Action } of onKeys) {
        assert.deepEqual(Condition, { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': AliasName } });
        for (const action of [Action].flat()) assert.doesNotMatch(action, /\*/);
      }
    }
  });

  test('can be turned on and off: what the other stacks import stays the same', () => {
    const importsOf = (...templates: Json[]) =>
      [
        ...new Set(JSON.stringify(templates.map((template) => template.toJSON())).match(/ExportsOutput\w+/g)),
      ].sort();
    const without = synthesizeTemplates('dev');
    assert.deepEqual(importsOf(compute, api), importsOf(without.compute, without.api));
  });

  test('that is retired stays for what it has encrypted, and encrypts nothing more', () => {
    const retired = synthesizeTemplates('dev', { customerManagedKey: 'retired' });
    assert.equal(Object.keys(findResources(retired.state, 'AWS::KMS::Key')).length, 1);
    assert.equal(
      findOnlyResource(retired.state, 'AWS::DynamoDB::Table').Properties.SSESpecification.SSEEnabled,
      false,
    );
    assert.match(JSON.stringify(retired.compute.findResources('AWS::IAM::Policy')), /"kms:Decrypt"/);
  });
});

describe('the key that signs cursors and callbacks', () => {
  const { state, compute, api } = synthesizeTemplates('production');

  test('is generated, and in no template', () => {
    const { Properties, DeletionPolicy } = findOnlyResource(state, 'AWS::SecretsManager::Secret');
    assert.deepEqual(Properties.GenerateSecretString, { PasswordLength: 64, ExcludePunctuation: true });
    assert.equal(Properties.SecretString, undefined);
    assert.equal(DeletionPolicy, 'RetainExceptOnCreate');
    for (const template of [compute, api])
      assert.doesNotMatch(
        JSON.stringify(template.toJSON()),
        /SecretString|resolve:secretsmanager|signing-secret"/,
      );
  });

  test('is still exported in the way of version 0.1, whose stacks use it until they are updated', () => {
    assert.match(JSON.stringify(state.findOutputs('*')), /state-signing-secret/);
  });
});

test('on an emulator nothing needs TLS or a custom resource', () => {
  const { state } = synthesizeTemplates('local');
  assert.equal(Object.keys(state.findResources('AWS::S3::BucketPolicy')).length, 0);
  assert.equal(Object.keys(state.findResources('Custom::S3AutoDeleteObjects')).length, 0);
});

test('executions go on until the operator turns the switch', () => {
  const { state } = synthesizeTemplates('production');
  const { Properties } = findOnlyResource(state, 'AWS::SSM::Parameter');
  assert.equal(Properties.Name, '/ogc-processes/production/executions');
  assert.equal(Properties.Value, 'on');
});

describe('the budget', () => {
  test('is there when it is asked for: emulators do not know the type', () => {
    const { state } = synthesizeTemplates('local');
    assert.equal(Object.keys(state.findResources('AWS::Budgets::Budget')).length, 0);
  });

  test('writes before it is used up, when it is, and when it is going to be', () => {
    const budget = { amount: 100, mail: 'ops@example.org' };
    const { Properties } = findOnlyResource(
      synthesizeTemplates('dev', { budget }).state,
      'AWS::Budgets::Budget',
    );
    assert.deepEqual(Properties.Budget.BudgetLimit, { Amount: 100, Unit: 'USD' });
    assert.equal(Properties.Budget.TimeUnit, 'MONTHLY');
    assert.deepEqual(
      Properties.NotificationsWithSubscribers.map(({ Notification, Subscribers }: Json) => [
        Notification.NotificationType,
        Notification.Threshold,
        Subscribers[0].Address,
      ]),
      [
        ['ACTUAL', 50, budget.mail],
        ['ACTUAL', 80, budget.mail],
        ['ACTUAL', 100, budget.mail],
        ['FORECASTED', 100, budget.mail],
      ],
    );
  });
});
