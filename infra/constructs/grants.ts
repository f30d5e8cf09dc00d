import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Capability } from '../../core/api/operations.ts';
import { jobKeys } from '../../core/jobs/job.ts';
import type { ComputeClass } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { mapValues } from '../../core/shared/json.ts';
import { TableIndex } from '../../functions/aws/table-indexes.ts';

/** Prefixes of the bucket's keys: of jobs, and of executions whose client waits. */
export const Prefix = { jobs: 'jobs/', sync: 'sync/', uploads: 'uploads/' } as const;

/** Name that always means the current version of a worker: what other stacks know does not change with it. */
export const WORKER_ALIAS = 'live';

/** What the functions work on. */
export interface Targets {
  readonly table: Table;
  readonly bucket: Bucket;
  /** Its versions sign cursors and callbacks. */
  readonly signingSecret: Secret;
  /** Alias of the key with which table, bucket and secret are encrypted, where it is one of the customer. */
  readonly keyAlias?: string | undefined;
  /** Whether the table lists the jobs of all owners too. */
  readonly listsEveryone: boolean;
  /** Absent for the functions that are part of the workflow themselves. */
  readonly stateMachine?: StateMachine;
  readonly workers?: Readonly<Record<ComputeClass, LambdaFunction>>;
  /** The queues of the lines in which jobs wait, where they do. */
  readonly lines?: Readonly<Record<ComputeClass, IQueue>>;
  /** With which the operator stops executions. */
  readonly executionSwitch?: StringParameter;
}

/** A function, or what else runs code of this project. */
export interface Grantee extends Construct {
  addEnvironment(name: string, value: string): unknown;
  addToRolePolicy(statement: PolicyStatement): void;
}

type Give = (grantee: Grantee, targets: Targets) => void;

/**
 * What each capability means: the least statements that allow it, and the variables that name what it is
 * allowed on. The two go together, so that no function knows of what it may not touch, or the reverse.
 */
const gifts: Readonly<Record<Capability, Give>> = {
  'jobs:read': (grantee, targets) => {
    const { table } = targets;
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    allow(grantee, ['dynamodb:GetItem'], [table.tableArn]);
    useKey(grantee, targets, keyUse.read);
  },
  'jobs:write': (grantee, targets) => {
    const { table } = targets;
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    allow(grantee, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn]);
    useKey(grantee, targets, keyUse.write);
  },
  'jobs:list': (grantee, targets) => {
    const { table, listsEveryone } = targets;
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    const indexes = listsEveryone ? [TableIndex.jobs, TableIndex.allJobs] : [TableIndex.jobs];
    allow(
      grantee,
      ['dynamodb:Query'],
      indexes.map((index) => `${table.tableArn}/index/${index}`),
    );
    useKey(grantee, targets, keyUse.read);
  },
  'jobs:line': (grantee, targets) => {
    const { table } = targets;
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    allow(grantee, ['dynamodb:Query'], [`${table.tableArn}/index/${TableIndex.line}`]);
    useKey(grantee, targets, keyUse.read);
  },
  'jobs:sweep': (grantee, targets) => {
    const { table } = targets;
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    allow(grantee, ['dynamodb:Query'], [`${table.tableArn}/index/${TableIndex.due}`]);
    useKey(grantee, targets, keyUse.read);
  },
  'storage:read': (grantee, targets) => {
    const { bucket } = targets;
    grantee.addEnvironment(Env.Bucket, bucket.bucketName);
    allow(grantee, ['s3:GetObject'], objects(bucket, Prefix.jobs, Prefix.sync));
    // Without it S3 answers a missing object with 403, as if it were there.
    allow(grantee, ['s3:ListBucket'], [bucket.bucketArn]);
    useKey(grantee, targets, keyUse.read);
  },
  'storage:write': (grantee, targets) => {
    const { bucket } = targets;
    grantee.addEnvironment(Env.Bucket, bucket.bucketName);
    allow(grantee, ['s3:PutObject'], objects(bucket, Prefix.jobs, Prefix.sync));
    useKey(grantee, targets, keyUse.write);
  },
  // Copying from one object to another is reading and writing; what is left of an upload that failed is deleted.
  'storage:compose': (grantee, { bucket }) =>
    allow(grantee, ['s3:AbortMultipartUpload'], objects(bucket, Prefix.jobs)),
  'storage:delete': (grantee, targets) => {
    const { bucket } = targets;
    grantee.addEnvironment(Env.Bucket, bucket.bucketName);
    allow(grantee, ['s3:DeleteObject'], objects(bucket, Prefix.jobs));
    allow(grantee, ['s3:ListBucket'], [bucket.bucketArn]);
  },
  'uploads:read': (grantee, targets) => {
    const { bucket } = targets;
    grantee.addEnvironment(Env.Bucket, bucket.bucketName);
    allow(grantee, ['s3:GetObject'], objects(bucket, Prefix.uploads));
    useKey(grantee, targets, keyUse.read);
  },
  // Whoever holds the presigned URL writes in the name of this function.
  'uploads:write': (grantee, targets) => {
    const { bucket } = targets;
    grantee.addEnvironment(Env.Bucket, bucket.bucketName);
    allow(grantee, ['s3:PutObject'], objects(bucket, Prefix.uploads));
    useKey(grantee, targets, keyUse.write);
  },
  'workflow:start': (grantee, targets) => {
    const { stateMachineArn } = given(targets.stateMachine);
    grantee.addEnvironment(Env.StateMachine, stateMachineArn);
    allow(grantee, ['states:StartExecution'], [stateMachineArn]);
  },
  'workflow:stop': (grantee, targets) => onExecutions(grantee, targets, 'states:StopExecution'),
  'workflow:describe': (grantee, targets) => onExecutions(grantee, targets, 'states:DescribeExecution'),
  'workflow:goOn': (grantee, targets) => {
    const { stateMachineArn } = given(targets.stateMachine);
    grantee.addEnvironment(Env.StateMachine, stateMachineArn);
    allow(grantee, ['states:SendTaskSuccess'], [stateMachineArn]);
  },
  // Where there are no lines nobody waits in one.
  'line:enter': (grantee, { lines }) => {
    if (!lines) return;
    grantee.addEnvironment(
      Env.Lines,
      Stack.of(grantee).toJsonString(mapValues(lines, ({ queueUrl }) => queueUrl)),
    );
    allow(
      grantee,
      ['sqs:SendMessage'],
      Object.values(lines).map(({ queueArn }) => queueArn),
    );
  },
  'workers:invoke': (grantee, targets) => {
    const workers = given(targets.workers);
    const live = (name: string) => `${name}:${WORKER_ALIAS}`;
    grantee.addEnvironment(Env.WorkerLight, live(workers.light.functionName));
    grantee.addEnvironment(Env.WorkerVector, live(workers.vector.functionName));
    grantee.addEnvironment(Env.WorkerRaster, live(workers.raster.functionName));
    const arns = Object.values(workers).map(({ functionArn }) => live(functionArn));
    allow(grantee, ['lambda:InvokeFunction'], arns);
  },
  // What owners use stands beside the jobs.
  'usage:count': (grantee, { table }) => {
    grantee.addEnvironment(Env.JobsTable, table.tableName);
    allow(grantee, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn]);
    allow(grantee, ['dynamodb:Query'], [`${table.tableArn}/index/${TableIndex.jobs}`]);
  },
  'switch:read': (grantee, targets) => {
    const { parameterName, parameterArn } = given(targets.executionSwitch);
    grantee.addEnvironment(Env.ExecutionSwitch, parameterName);
    allow(grantee, ['ssm:GetParameter'], [parameterArn]);
  },
  'secrets:sign': (grantee, targets) => {
    const { secretArn } = targets.signingSecret;
    grantee.addEnvironment(Env.SigningSecret, secretArn);
    allow(grantee, ['secretsmanager:GetSecretValue'], [secretArn]);
    useKey(grantee, targets, keyUse.read);
  },
};

/** Lets a function do what the capabilities say, and nothing else. */
export function grant(grantee: Grantee, capabilities: readonly Capability[], targets: Targets): void {
  for (const capability of capabilities) gifts[capability](grantee, targets);
}

function onExecutions(grantee: Grantee, targets: Targets, action: string): void {
  const { stateMachineArn, stateMachineName } = given(targets.stateMachine);
  grantee.addEnvironment(Env.StateMachine, stateMachineArn);
  allow(grantee, [action], [executionsArn(grantee, stateMachineName)]);
}

const objects = (bucket: Bucket, ...prefixes: string[]): string[] =>
  prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`));

function allow(grantee: Grantee, actions: string[], resources: string[]): void {
  grantee.addToRolePolicy(new PolicyStatement({ actions, resources }));
}

/** What S3, DynamoDB and Secrets Manager do with a key in the name of who reads or writes. */
const keyUse = {
  read: ['kms:Decrypt', 'kms:DescribeKey'],
  write: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
};

/**
 * Only where there is a key of the customer. It is named by its alias and not by its ARN: that would be an export of the state
 * stack, which could not go as long as the other stacks use it, and so neither could the key.
 */
function useKey(grantee: Grantee, targets: Targets, actions: readonly string[]): void {
  for (const statement of keyStatements(grantee, targets, actions)) grantee.addToRolePolicy(statement);
}

function keyStatements(
  scope: Construct,
  { keyAlias }: Pick<Targets, 'keyAlias'>,
  actions: readonly string[],
) {
  if (keyAlias === undefined) return [];
  const keys = Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
  return [
    new PolicyStatement({
      actions: [...actions],
      resources: [keys],
      conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias } },
    }),
  ];
}

/**
 * What the state machine itself may do where jobs are divided: read the lists of parts, and run the parts as executions of its
 * own.
 */
export function statementsOfFanOut(
  { stateMachineArn, stateMachineName }: StateMachine,
  scope: Construct,
  targets: Pick<Targets, 'bucket' | 'keyAlias'>,
): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn] }),
    new PolicyStatement({
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: [executionsArn(scope, stateMachineName)],
    }),
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [targets.bucket.arnForObjects(jobKeys.partList('*', '*'))],
    }),
    ...keyStatements(scope, targets, ['kms:Decrypt']),
  ];
}

function executionsArn(scope: Construct, stateMachineName: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachineName}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Wildcards that the statements above may have; any other one is a finding of the security checks. */
export const wildcards: Readonly<Record<string, string>> = {
  [finding(`<import>/${Prefix.jobs}*`)]: 'The objects of all jobs; the operations check whose a job is.',
  [finding(`<import>/${Prefix.sync}*`)]:
    'The objects of all executions whose client waits; their names are random.',
  [finding(`<import>/${Prefix.uploads}*`)]:
    'The uploads of all clients; the key of each has its owner in it.',
  [executionsFinding('<import>')]: 'The executions of this one state machine.',
};

/** One more, where there is a key of the customer. */
export const wildcardsOfKey: Readonly<Record<string, string>> = {
  [finding('arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*')]:
    'Keys with the alias of this deployment, which is a condition of the statement.',
};

/** The finding for all executions of a state machine. @param machine its name, as findings show it */
export function executionsFinding(machine: string): string {
  return finding(`arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${machine}:*`);
}

/** The finding for the lists of parts of all jobs. */
export const partListsFinding = finding(`<import>/${jobKeys.partList('*', '*')}`);

function finding(resource: string): string {
  return `AwsSolutions-IAM5[Resource::${resource}]`;
}

function given<T>(target: T | undefined): T {
  if (target === undefined) throw new Error('A capability asks for something that this stack does not have');
  return target;
}
