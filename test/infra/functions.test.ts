import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Capability, hasHead, operationList } from '../../core/api/operations.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { capabilitiesOfWorker } from '../../infra/stacks/compute.ts';
import {
  findResources,
  type Statement,
  statementsByFunction,
  synthesizeTemplates,
} from './support/service.ts';

const { compute, api, settings } = synthesizeTemplates('production');
const functions = [compute, api].flatMap((template) =>
  Object.values(findResources(template, 'AWS::Lambda::Function')),
);
const statements = new Map([...statementsByFunction(compute), ...statementsByFunction(api)]);

/** What each capability comes to, written down a second time on purpose: a grant must not widen by accident. */
const actionsByCapability: Readonly<Record<Capability, readonly string[]>> = {
  'jobs:read': ['dynamodb:GetItem'],
  'jobs:write': ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
  'jobs:list': ['dynamodb:Query'],
  'jobs:line': ['dynamodb:Query'],
  'jobs:sweep': ['dynamodb:Query'],
  'storage:read': ['s3:GetObject', 's3:ListBucket'],
  'storage:write': ['s3:PutObject'],
  'storage:compose': ['s3:AbortMultipartUpload'],
  'storage:delete': ['s3:DeleteObject', 's3:ListBucket'],
  'uploads:read': ['s3:GetObject'],
  'uploads:write': ['s3:PutObject'],
  'workflow:start': ['states:StartExecution'],
  'workflow:stop': ['states:StopExecution'],
  'workflow:describe': ['states:DescribeExecution'],
  'workflow:goOn': ['states:SendTaskSuccess'],
  'line:enter': ['sqs:SendMessage'],
  'workers:invoke': ['lambda:InvokeFunction'],
  'usage:count': ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  'switch:read': ['ssm:GetParameter'],
  'secrets:sign': ['secretsmanager:GetSecretValue'],
};
const always = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

const SWEEP = 'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified';

function assertMayOnly(
  description: string,
  capabilities: readonly Capability[],
  more: readonly string[] = [],
): void {
  const actual = statements.get(description)?.flatMap(({ actions }) => actions);
  const expected = [
    ...always,
    ...more,
    ...capabilities.flatMap((capability) => actionsByCapability[capability]),
  ];
  assert.deepEqual([...new Set(actual)].sort(), [...new Set(expected)].sort(), description);
}

describe('what a function may do', () => {
  for (const { operationId, summary, capabilities } of operationList) {
    test(`${operationId}: what its row in the table of operations says, and no more`, () => {
      assertMayOnly(summary, capabilities);
    });
  }

  test('an operation that only reads cannot write', () => {
    const reading = operationList.filter(hasHead);
    assert.ok(reading.length > 10);
    for (const { summary } of reading) {
      const actions = statements.get(summary)?.flatMap((statement) => statement.actions) ?? [];
      assert.ok(actions.length > 0);
      for (const action of actions)
        assert.doesNotMatch(action, /:(Put(Item|Object)|Update|Delete|Start|Stop|Invoke)/);
    }
  });

  test('the workers and the tasks of the workflow', () => {
    for (const computeClass of computeClasses) {
      assertMayOnly(
        `Runs the processes of the compute class ${computeClass}`,
        capabilitiesOfWorker(computeClass),
      );
    }
    assertMayOnly('Records that a worker did not finish its job', ['jobs:read', 'jobs:write']);
    assertMayOnly('Notifies the subscriber of a job of its end', [
      'jobs:read',
      'jobs:write',
      'storage:read',
      'secrets:sign',
    ]);
    assertMayOnly(
      'Ends the job of an execution that did not end by itself',
      ['jobs:read', 'jobs:write', 'storage:read', 'secrets:sign'],
      ['sqs:SendMessage'],
    );
    assertMayOnly(
      SWEEP,
      [
        'jobs:read',
        'jobs:write',
        'jobs:sweep',
        'jobs:line',
        'line:enter',
        'storage:read',
        'storage:delete',
        'workflow:describe',
        'workflow:stop',
        'secrets:sign',
      ],
      ['sqs:SendMessage'],
    );
    assertMayOnly('Puts a job that finds no worker into the queue of its class', [
      'jobs:read',
      'jobs:write',
      'line:enter',
    ]);
    assertMayOnly(
      'Starts waiting jobs when a worker is free',
      ['jobs:read', 'jobs:line', 'line:enter', 'workers:invoke', 'workflow:goOn', 'usage:count'],
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
    );
    assertMayOnly('Answers methods and paths that are not supported', []);
  });

  test('the sweep queries its own index only, and never scans; lists query theirs; all see who waits', () => {
    for (const [description, ofFunction] of statements) {
      for (const { actions, resources } of ofFunction) {
        assert.ok(!actions.includes('dynamodb:Scan'), description);
        if (!actions.includes('dynamodb:Query')) continue;
        const index = description === SWEEP ? /\/index\/(due|waiting)"/ : /\/index\/(newest-first|waiting)"/;
        for (const resource of resources) assert.match(resource, index, description);
      }
    }
  });

  test('nothing is allowed on everything but tracing, and no action has a wildcard', () => {
    assert.equal(statements.size, functions.length);
    const all: Statement[] = [...statements.values()].flat();
    for (const { actions, resources } of all) {
      for (const action of actions) assert.doesNotMatch(action, /\*/);
      if (resources.includes('*'))
        assert.deepEqual([...actions].sort(), ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
    }
  });

  test('objects are reached below the prefixes of jobs, waiting clients and uploads only, and removed below that of jobs', () => {
    for (const { actions, resources } of [...statements.values()].flat()) {
      if (!actions.some((action) => /^s3:(Get|Put|Delete)Object$/.test(action))) continue;
      for (const resource of resources) assert.match(resource, /\/(jobs|sync|uploads)\/\*/);
      if (actions.includes('s3:DeleteObject')) assert.doesNotMatch(resources.join(), /sync|uploads/);
    }
  });

  test('no role has a managed policy', () => {
    for (const [id, { Properties }] of Object.entries({
      ...findResources(compute, 'AWS::IAM::Role'),
      ...findResources(api, 'AWS::IAM::Role'),
    })) {
      if (!/CloudWatchRole/.test(id)) assert.equal(Properties.ManagedPolicyArns, undefined, id);
    }
  });
});

describe('every function', () => {
  test('is one per operation, worker, task and event', () => {
    assert.equal(functions.length, operationList.length + 1 + 3 + 6);
  });

  test('runs on Node.js 24 and arm64, is traced, and has a role of its own', () => {
    for (const { Properties } of functions) {
      assert.equal(Properties.Runtime, 'nodejs24.x');
      assert.deepEqual(Properties.Architectures, ['arm64']);
      assert.deepEqual(Properties.TracingConfig, { Mode: 'Active' });
      assert.equal(Properties.Handler, 'index.handler');
      // The log maps what it tells of: with this Node.js reads all maps at the start.
      assert.ok(!String(Properties.Environment.Variables.NODE_OPTIONS).includes('source-maps'));
    }
    const roles = functions.map(({ Properties }) => Properties.Role['Fn::GetAtt'][0]);
    assert.equal(new Set(roles).size, functions.length);
  });

  test('has a log group of its own that forgets, those of the CDK too', () => {
    // Only what goes with its stack has a function that empties the bucket.
    const development = synthesizeTemplates('dev');
    assert.equal(Object.keys(findResources(development.state, 'AWS::Lambda::Function')).length, 1);
    for (const [template, { logRetentionDays }] of [
      [compute, settings],
      [api, settings],
      [development.state, development.settings],
    ] as const) {
      const groups = findResources(template, 'AWS::Logs::LogGroup');
      for (const [id, { Properties }] of Object.entries(groups)) {
        assert.equal(Properties.RetentionInDays, logRetentionDays, id);
      }
      const used = Object.values(findResources(template, 'AWS::Lambda::Function')).map(
        ({ Properties }) => Properties.LoggingConfig.LogGroup.Ref,
      );
      assert.equal(new Set(used).size, used.length);
      for (const group of used) assert.ok(groups[group], group);
    }
  });

  test('behind the API ends within the time that API Gateway waits', () => {
    for (const { Properties } of Object.values(findResources(api, 'AWS::Lambda::Function'))) {
      assert.ok(Properties.Timeout <= 29);
    }
  });

  test('knows only what it may touch', () => {
    for (const { Properties } of functions) {
      const names = Object.keys(Properties.Environment.Variables);
      const actions = statements.get(Properties.Description)?.flatMap((statement) => statement.actions) ?? [];
      const touches = (service: string) => actions.some((action) => action.startsWith(service));
      assert.equal(names.includes('JOBS_TABLE'), touches('dynamodb:'), Properties.Description);
      assert.equal(names.includes('BUCKET'), touches('s3:'), Properties.Description);
      assert.equal(names.includes('STATE_MACHINE_ARN'), touches('states:'), Properties.Description);
      assert.equal(names.includes('WORKER_VECTOR'), touches('lambda:'), Properties.Description);
      assert.equal(names.includes('SIGNING_SECRET_ARN'), touches('secretsmanager:'), Properties.Description);
    }
  });
});
