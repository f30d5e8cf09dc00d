import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Template } from 'aws-cdk-lib/assertions';
import { settingsFor } from '../../infra/config/config.ts';
import {
  findOnlyResource,
  findResources,
  type Json,
  statementsByFunction,
  synthesizeTemplates,
} from './support/service.ts';

const { compute, api, settings } = synthesizeTemplates('production');

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
    const resources = [called?.Resource].flat() as Json[];
    const unqualified = resources.flatMap((resource) => resource['Fn::GetAtt']?.[0] ?? []);
    assert.equal(unqualified.length, 6);
    assert.ok(unqualified.every((name) => /^(Worker|FailJob|NotifySubscriber|LinesWaitForTurn)/.test(name)));
    // Executions that were started before a deployment call the versions of then, and before there were any the function.
    const versions = resources.flatMap((resource) => resource['Fn::Join'] ?? []).filter(Array.isArray);
    assert.deepEqual(
      versions,
      unqualified.map((name) => [{ 'Fn::GetAtt': [name, 'Arn'] }, ':*']),
    );
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
    assert.match(read ?? '', /"\/jobs\/\*\/parts\/\*\/list\.json"/);
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

describe('a deployment while jobs run', () => {
  const versions = findResources(compute, 'AWS::Lambda::Version');

  test('changes nothing for them: the state machine calls versions, and those that it called before are retained', () => {
    const { Properties: machine } = findOnlyResource(compute, 'AWS::StepFunctions::StateMachine');
    const [, parts] = machine.DefinitionString['Fn::Join'];
    const called = parts
      .flatMap(({ Ref }: Json) => Ref ?? [])
      .filter((id: string) => id !== 'AWS::Partition');
    assert.deepEqual([...new Set(called)].sort(), Object.keys(versions).sort());
    assert.equal(Object.keys(versions).length, 6);
    for (const version of Object.values(versions)) {
      // Not what a first deployment leaves behind that failed.
      assert.equal(version.DeletionPolicy, 'RetainExceptOnCreate');
      assert.equal((version as Json).UpdateReplacePolicy, 'Retain');
    }
  });

  test('makes new versions of what it changes, and none of what it does not', () => {
    const changed = synthesizeTemplates('production', { inlineResultBytes: settings.inlineResultBytes - 1 });
    const others = Object.keys(findResources(changed.compute, 'AWS::Lambda::Version'));
    assert.equal(others.filter((id) => id in versions).length, 0);
    const same = synthesizeTemplates('production');
    assert.deepEqual(findResources(same.compute, 'AWS::Lambda::Version'), versions);
  });

  test('shows to other stacks nothing that changes: they call an alias of the worker', () => {
    const aliases = Object.values(findResources(compute, 'AWS::Lambda::Alias'));
    assert.deepEqual(
      aliases.map(({ Properties }) => Properties.Name),
      ['live', 'live', 'live'],
    );
    assert.doesNotMatch(JSON.stringify(compute.toJSON().Outputs), /CurrentVersion/);
    for (const { actions, resources } of [...statementsByFunction(api).values()].flat())
      if (actions.includes('lambda:InvokeFunction'))
        for (const resource of resources) assert.match(resource, /Fn::ImportValue.*":live"/);
    const executes = Object.values(findResources(api, 'AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.Environment.Variables.WORKER_VECTOR,
    );
    assert.ok(executes.length > 0);
    for (const { Properties } of executes)
      assert.match(JSON.stringify(Properties.Environment.Variables.WORKER_VECTOR), /":live"/);
  });
});

describe('an event that nothing could take', () => {
  const queues = Object.fromEntries(
    Object.entries(findResources(compute, 'AWS::SQS::Queue')).filter(([id]) => /Lost/.test(id)),
  );

  test('is kept for fourteen days in a queue that is encrypted and reached over TLS only', () => {
    assert.equal(Object.keys(queues).length, 3);
    const policies = JSON.stringify(findResources(compute, 'AWS::SQS::QueuePolicy'));
    for (const [id, { Properties }] of Object.entries(queues)) {
      assert.equal(Properties.MessageRetentionPeriod, 14 * 86_400);
      assert.equal(Properties.SqsManagedSseEnabled, true);
      assert.match(policies, new RegExp(`"aws:SecureTransport":"false".{0,200}${id}`));
    }
  });

  for (const [target, kind] of [
    ['ReconcileExecution', 'LostExecutions'],
    ['SweepJobs', 'LostSweeps'],
  ] as const) {
    test(`for ${target} goes to ${kind}, whether the rule could not deliver it or the function failed`, () => {
      const rule = findRule(({ Targets }) => Targets[0].Arn['Fn::GetAtt'][0].startsWith(target));
      const [undelivered] = rule.Targets[0].DeadLetterConfig.Arn['Fn::GetAtt'];
      const failed = Object.entries(findResources(compute, 'AWS::Lambda::Function')).find(([id]) =>
        id.startsWith(target),
      )?.[1].Properties.DeadLetterConfig.TargetArn['Fn::GetAtt'][0];
      assert.ok(undelivered.startsWith(kind) && queues[undelivered]);
      assert.equal(failed, undelivered);
    });
  }

  test('may be put there by its rule alone, and by the function that failed with it', () => {
    const senders = Object.values(findResources(compute, 'AWS::SQS::QueuePolicy')).flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.filter(({ Effect }: Json) => Effect === 'Allow'),
    );
    assert.equal(senders.length, 2);
    for (const { Action, Principal, Condition } of senders) {
      assert.equal(Action, 'sqs:SendMessage');
      assert.deepEqual(Principal, { Service: 'events.amazonaws.com' });
      assert.ok(Condition.ArnEquals['aws:SourceArn']['Fn::GetAtt']);
    }
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

describe('the lines in which jobs wait for their turn', () => {
  const queues = Object.entries(findResources(compute, 'AWS::SQS::Queue')).filter(([id]) =>
    /^LinesLine/.test(id),
  );
  const mappings = Object.values(findResources(compute, 'AWS::Lambda::EventSourceMapping'));

  test('are a standard queue per class, encrypted, whose tickets stay hidden longer than they are worked on', () => {
    assert.equal(queues.length, 3);
    for (const [id, { Properties }] of queues) {
      assert.equal(Properties.FifoQueue, undefined);
      assert.equal(Properties.SqsManagedSseEnabled, true);
      assert.ok(Properties.VisibilityTimeout >= 6 * settings.tasks.timeout, id);
      assert.ok(Properties.MessageRetentionPeriod > 25 * 3600, id);
      const { deadLetterTargetArn, maxReceiveCount } = Properties.RedrivePolicy;
      assert.match(JSON.stringify(deadLetterTargetArn), /LostTickets/);
      assert.ok(maxReceiveCount >= 5);
    }
  });

  test('let jobs in one by one, looking for half of the workers of a class at once', () => {
    const atOnce = queues.map(([id]) => {
      const [mapping, ...others] = mappings.filter(
        ({ Properties }) => Properties.EventSourceArn['Fn::GetAtt'][0] === id,
      );
      assert.equal(others.length, 0);
      assert.equal(mapping?.Properties.BatchSize, 1);
      assert.match(JSON.stringify(mapping?.Properties.FunctionName), /LinesAdmitJob/);
      return [
        /Line(light|vector|raster)/.exec(id)?.[1],
        mapping?.Properties.ScalingConfig.MaximumConcurrency,
      ];
    });
    assert.deepEqual(Object.fromEntries(atOnce), { light: 25, vector: 10, raster: 5 });
  });

  test('are not there where they are turned off: jobs beyond the quota are refused, workers tried again', () => {
    const off = synthesizeTemplates('dev', { waitingLine: false });
    assert.deepEqual(findResources(off.compute, 'AWS::Lambda::EventSourceMapping'), {});
    assert.doesNotMatch(
      JSON.stringify(findOnlyResource(off.compute, 'AWS::StepFunctions::StateMachine')),
      /WaitForTurn/,
    );
    for (const { Properties } of Object.values(findResources(off.api, 'AWS::Lambda::Function')))
      assert.equal(Properties.Environment.Variables.WAITING_LINE, 'off');
  });
});
