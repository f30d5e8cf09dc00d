import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Template } from 'aws-cdk-lib/assertions';
import { settingsFor } from '../../infra/config/config.ts';
import { findOnlyResource, findResources, type Json, synthesizeTemplates } from './support/service.ts';

const { compute, settings } = synthesizeTemplates('production');

describe('the workers', () => {
  for (const computeClass of ['light', 'vector', 'raster'] as const) {
    test(`of class ${computeClass} get what the settings say`, () => {
      const functions = Object.values(findResources(compute, 'AWS::Lambda::Function'));
      const worker = functions.find(({ Properties }) =>
        Properties.Description.endsWith(`class ${computeClass}`),
      );
      const { memory, timeout, ephemeralStorage, reservedConcurrency } = settings.workers[computeClass];
      assert.equal(worker?.Properties.MemorySize, memory);
      assert.equal(worker?.Properties.Timeout, timeout);
      assert.deepEqual(worker?.Properties.EphemeralStorage, { Size: ephemeralStorage });
      assert.equal(worker?.Properties.Environment.Variables.JOB_SECONDS, String(timeout));
      assert.ok(reservedConcurrency);
      assert.equal(worker?.Properties.ReservedConcurrentExecutions, reservedConcurrency);
      // New accounts have no more.
      assert.ok(memory <= 3008);
    });
  }

  test('have no bound of their own where the account cannot reserve any', () => {
    const { workers } = settingsFor('dev', { WORKER_CONCURRENCY: 'off' });
    const unlimited = synthesizeTemplates('dev', { workers }).compute;
    for (const { Properties } of Object.values(findResources(unlimited, 'AWS::Lambda::Function')))
      assert.equal(Properties.ReservedConcurrentExecutions, undefined);
  });
});

describe('the state machine', () => {
  const { Properties: machine } = findOnlyResource(compute, 'AWS::StepFunctions::StateMachine');

  test('is of the kind that survives, traced and logged without data', () => {
    assert.equal(machine.StateMachineType, 'STANDARD');
    assert.equal(machine.TracingConfiguration.Enabled, true);
    assert.equal(machine.LoggingConfiguration.Level, 'ALL');
    assert.equal(machine.LoggingConfiguration.IncludeExecutionData, false);
  });

  test('may call its own functions and nothing else', () => {
    const role: string = machine.RoleArn['Fn::GetAtt'][0];
    const policies = Object.values(findResources(compute, 'AWS::IAM::Policy'));
    const policy = policies.filter(({ Properties }) =>
      Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role),
    );
    const statements = policy.flatMap(({ Properties }) => Properties.PolicyDocument.Statement) as {
      Action: string | string[];
      Resource: unknown;
    }[];
    const invoke = statements.filter(({ Action }) => [Action].flat().includes('lambda:InvokeFunction'));
    assert.equal(invoke.length, 1);
    const [called] = invoke;
    const names = [called?.Resource]
      .flat()
      .map((resource) => (resource as Record<string, string[]>)['Fn::GetAtt']?.[0]);
    assert.equal(names.length, 5);
    assert.ok(names.every((name) => /^(Worker|FailJob|NotifySubscriber)/.test(name ?? '')));
    for (const { Action } of statements.filter(({ Resource }) => Resource === '*')) {
      assert.ok(
        [Action].flat().every((action) => /^(logs|xray):/.test(action)),
        String(Action),
      );
    }
  });
});

describe('a job that is divided', () => {
  const [machine = ''] = Object.keys(findResources(compute, 'AWS::StepFunctions::StateMachine'));
  const policyOf = (template: Template) =>
    Object.entries(findResources(template, 'AWS::IAM::Policy')).find(([id]) =>
      /^WorkflowFanOut/.test(id),
    )?.[1];
  const raster = (template: Template) =>
    Object.values(findResources(template, 'AWS::Lambda::Function')).find(({ Properties }) =>
      Properties.Description.endsWith('class raster'),
    )?.Properties.Environment.Variables;

  test('its parts are executions of the same state machine, which may read the lists of parts and no other object', () => {
    const statements: Json[] = policyOf(compute)?.Properties.PolicyDocument.Statement;
    assert.deepEqual(
      statements.map(({ Action }) => Action),
      ['states:StartExecution', ['states:DescribeExecution', 'states:StopExecution'], 's3:GetObject'],
    );
    const [start, stop, read] = statements.map(({ Resource }) => JSON.stringify(Resource));
    assert.equal(start, JSON.stringify({ Ref: machine }));
    assert.match(stop ?? '', new RegExp(`:execution:.*${machine}","Name".*":\\*"`));
    assert.match(read ?? '', /"\/jobs\/\*\/parts\/list\.json"/);
  });

  test('its worker knows from which size on it is divided', () => {
    assert.equal(raster(compute).DIVIDE_ABOVE, String(settings.fanOut.pixels));
    const all = Object.values(findResources(compute, 'AWS::Lambda::Function'));
    assert.equal(all.filter(({ Properties }) => Properties.Environment.Variables.DIVIDE_ABOVE).length, 1);
  });

  test('there is none where it is turned off', () => {
    const off = synthesizeTemplates('dev', { fanOut: { ...settings.fanOut, enabled: false } }).compute;
    assert.equal(policyOf(off), undefined);
    assert.equal(raster(off).DIVIDE_ABOVE, undefined);
    assert.doesNotMatch(
      JSON.stringify(findOnlyResource(off, 'AWS::StepFunctions::StateMachine')),
      /DISTRIBUTED|fanOut/,
    );
  });
});

test('every execution that does not end by itself reaches the function that ends its job', () => {
  const rule = findRule(({ EventPattern }) => EventPattern !== undefined);
  assert.deepEqual(rule.EventPattern.source, ['aws.states']);
  assert.deepEqual(rule.EventPattern['detail-type'], ['Step Functions Execution Status Change']);
  assert.deepEqual(rule.EventPattern.detail.status, ['FAILED', 'TIMED_OUT', 'ABORTED']);
  const [machine] = Object.keys(findResources(compute, 'AWS::StepFunctions::StateMachine'));
  assert.deepEqual(rule.EventPattern.detail.stateMachineArn, [{ Ref: machine }]);
  assert.equal(rule.State, 'ENABLED');
  const [target] = rule.Targets;
  assert.match(target.Arn['Fn::GetAtt'][0], /^ReconcileExecution/);
  assert.equal(target.RetryPolicy.MaximumRetryAttempts, 10);
  const asynchronous = Object.values(findResources(compute, 'AWS::Lambda::EventInvokeConfig')).find(
    ({ Properties }) => /^ReconcileExecution/.test(Properties.FunctionName.Ref),
  );
  assert.equal(asynchronous?.Properties.MaximumRetryAttempts, 2);
});

test('jobs that nothing else has ended are looked for every five minutes', () => {
  const rule = findRule(({ ScheduleExpression }) => ScheduleExpression !== undefined);
  assert.equal(rule.ScheduleExpression, 'rate(5 minutes)');
  assert.equal(rule.State, 'ENABLED');
  const [target, ...others] = rule.Targets;
  assert.equal(others.length, 0);
  assert.match(target.Arn['Fn::GetAtt'][0], /^SweepJobs/);
});

function findRule(isWanted: (properties: Json) => boolean): Json {
  const rules = Object.values(findResources(compute, 'AWS::Events::Rule')).map(
    ({ Properties }) => Properties,
  );
  const found = rules.filter(isWanted);
  assert.equal(found.length, 1);
  return found[0];
}
