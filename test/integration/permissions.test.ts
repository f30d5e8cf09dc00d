import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { operationList } from '../../core/api/operations.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { ComputeClass, Runs } from '../../core/processes/declaration.ts';
import { Env } from '../../core/shared/env.ts';
import { Bucket } from '../../functions/aws/bucket.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { SwitchParameter } from '../../functions/aws/execution-switch.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { FairQueues } from '../../functions/aws/line.ts';
import { secrets } from '../../functions/aws/secrets.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { WorkerFunctions } from '../../functions/aws/workers.ts';
import { StateMachine } from '../../functions/aws/workflow.ts';
import { admitJob } from '../../functions/events/admit-job.ts';
import { reconcileExecution } from '../../functions/events/reconcile-execution.ts';
import { sweepJobs } from '../../functions/events/sweep-jobs.ts';
import { failJob } from '../../functions/tasks/fail-job.ts';
import { notifySubscriber } from '../../functions/tasks/notify-subscriber.ts';
import { waitForTurn } from '../../functions/tasks/wait-for-turn.ts';
import { runs as light } from '../../functions/worker/runs/light.ts';
import { runs as vector } from '../../functions/worker/runs/vector.ts';
import { work } from '../../functions/worker/worker.ts';
import { processes } from '../../processes/index.ts';
import { type Statement, statementsByFunction, synthesizeTemplates } from '../infra/support/service.ts';
import { MemoryWorkflow } from '../support/memory/memory-workflow.ts';
import { memoryService } from '../support/memory-service.ts';
import { deployedBucket } from './support/buckets.ts';
import { type AwsCall, as, isAllowed, recordCalls } from './support/recorded-calls.ts';
import { emptyTable, removeTable } from './support/tables.ts';
import { functionVariables } from './support/workers.ts';

/*
 * Emulators do not enforce what roles may do. So the requests to AWS are listed that operations, workers, tasks and events make
 * to a real table, bucket, state machine, worker, parameter and secret, each by the function that makes it, and held against the
 * policy of that function's role.
 */
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: true });
const [sfn, lambda, sqs, ssm, secretsManager] = [
  new SFNClient({}),
  new LambdaClient({}),
  new SQSClient({ useQueueUrlAsEndpoint: false }),
  new SSMClient({}),
  new SecretsManagerClient({}),
];
const clients = [dynamo, s3, sfn, lambda, sqs, ssm, secretsManager];
const table = await emptyTable(dynamo);
after(async () => {
  await removeTable(dynamo, table);
  for (const client of clients) client.destroy();
});
const calls = recordCalls(clients);

const policiesWith = (overrides: Parameters<typeof synthesizeTemplates>[1] = {}) => {
  const { compute, api } = synthesizeTemplates('production', overrides);
  return new Map([...statementsByFunction(compute), ...statementsByFunction(api)]);
};
const statements = policiesWith();

const summaryOf = (operationId: string): string =>
  operationList.find((operation) => operation.operationId === operationId)!.summary;
const worker = (computeClass: ComputeClass): string =>
  `Runs the processes of the compute class ${computeClass}`;
const SWEEP = 'Ends jobs that nothing else has ended, and notifies subscribers that have not been notified';
const FAIL = 'Records that a worker did not finish its job';
const NOTIFY = 'Notifies the subscriber of a job of its end';
const WAIT = 'Puts a job that finds no worker into the queue of its class';
const ADMIT = 'Starts waiting jobs when a worker is free';
const RECONCILE = 'Ends the job of an execution that did not end by itself';

/** What the deployed functions know of each other. */
const variables = {
  ...(await functionVariables(WAIT)),
  ...(await functionVariables(worker('light'))),
  ...(await functionVariables(summaryOf('executeProcess'))),
};
const named = (name: string): string => variables[name] ?? assert.fail(`${name} is not set`);

const machine = new StateMachine(sfn, named(Env.StateMachine));
const workers = new WorkerFunctions(
  lambda,
  { light: named(Env.WorkerLight), vector: named(Env.WorkerVector), raster: named(Env.WorkerRaster) },
  25,
);

/** Asks the deployed state machine too, whose worker finds no such job in the deployed table and ends. */
class AskedWorkflow extends MemoryWorkflow {
  /** Starts that fail before anything is started. */
  failing = false;

  override async start(...execution: Parameters<MemoryWorkflow['start']>): Promise<void> {
    if (this.failing) throw new Error('Step Functions is down');
    await machine.start(...execution);
    return super.start(...execution);
  }
  override async goOn(token: string): Promise<boolean> {
    // Of the executions there none waits with it.
    assert.equal(await machine.goOn(token), false);
    return super.goOn(token);
  }
  override async describe(jobID: string) {
    await machine.describe(jobID);
    return super.describe(jobID);
  }
  override async stop(jobID: string): Promise<void> {
    await machine.stop(jobID);
    return super.stop(jobID);
  }
}

/** The deployed queues: their tickets are of no job that the deployed table has, and so are over when they come up. */
const queues = new FairQueues(sqs, JSON.parse(named(Env.Lines)) as Record<ComputeClass, string>);

const runsByClass: Readonly<Partial<Record<ComputeClass, Runs>>> = { light, vector };
const workflow = new AskedWorkflow(({ jobID, computeClass }) =>
  as(worker(computeClass), () =>
    work(
      { processes, runs: runsByClass[computeClass]!, ports: service.ports },
      { kind: 'job', jobID },
      () => 60_000,
    ),
  ),
);

const service = memoryService({
  jobs: new JobTable(dynamo, table, systemClock),
  usage: new UsageTable(dynamo, table),
  storage: new Bucket(s3, await deployedBucket(s3)),
  clock: systemClock,
  workflow,
  line: queues,
  // What is kept for a while would be asked for by one function alone.
  executionSwitch: { stopped: () => new SwitchParameter(ssm, named(Env.ExecutionSwitch)).stopped() },
  secrets: { signingKeys: () => secrets(named(Env.SigningSecret), secretsManager).signingKeys() },
  runTask: async (computeClass, task) => {
    await workers.run(computeClass, task);
    return as(worker('light'), () =>
      work({ processes, runs: light, ports: service.ports }, task as never, () => 60_000),
    );
  },
});

/** A request in the name of the function that answers it. */
async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const pathname = path.split('?')[0] ?? '';
  const operation = operationList.find(
    (candidate) =>
      candidate.method === method &&
      new RegExp(`^${candidate.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  assert.ok(operation, `${method} ${path} is no operation`);
  const answer = await as(operation.summary, () => service.call(path, { method, body, headers }));
  assert.ok(answer.status < 400, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer;
}

const execution = (inputs: object) => ask('POST', '/processes/echo/execution', { inputs });
const asynchronous = (inputs: object, key = 'permissions', more: object = {}) =>
  ask(
    'POST',
    '/processes/echo/execution',
    { inputs, ...more },
    { Prefer: 'respond-async', 'Idempotency-Key': key },
  );

/** Every function, and what follows from it. */
before(async () => {
  const long = 'x'.repeat(1000);
  await execution({ message: long });
  await ask('GET', '/processes/echo/execution?message=a');
  const { json: job } = await asynchronous({ message: long });
  await workflow.settled();
  await asynchronous({ message: long });
  const path = `/jobs/${job.jobID}`;
  for (const below of ['', '/logs', '/results', '/results/message']) await ask('GET', `${path}${below}`);
  const successUri = 'https://subscriber.example.org/ended';
  const { json: told } = await asynchronous({ message: 'a' }, 'told', { subscriber: { successUri } });
  await workflow.settled();
  await as(NOTIFY, () => notifySubscriber(told.jobID, service.ports));
  await as(FAIL, () => failJob({ jobID: told.jobID }, service.ports));
  const detail = { name: told.jobID, status: 'ABORTED' };
  await as(RECONCILE, () => reconcileExecution({ detail }, service.ports));
  for (const list of [
    '/jobs?limit=1',
    '/jobs?status=failed',
    '/collections?limit=1',
    '/health',
    '/',
    '/processes',
    '/processes/echo',
  ])
    await ask('GET', list);
  const headers = { Prefer: 'respond-async' };
  const layer = { features: { type: 'Point', coordinates: [5, 52] }, distance: 10 };
  const { json: made } = await ask('POST', '/processes/buffer/execution', { inputs: layer }, headers);
  await workflow.settled();
  for (const below of ['', '/items', '/items/1'])
    await ask('GET', `/collections/${made.jobID}.result${below}`);
  await ask('POST', '/uploads', { mediaType: 'application/geo+json', size: 10 });
  await ask('DELETE', path);
  const { json: stopped } = await asynchronous({ message: 'a', pause: 20 }, 'stopped');
  await ask('DELETE', `/jobs/${stopped.jobID}`);
  await workflow.settled();
  await dismissByForm();
  await startInVain();
  await waitInLine((await service.ports.jobs.get(told.jobID)) as Job);
  await sweepOldJob((await service.ports.jobs.get(told.jobID)) as Job);
});

/** Where an execution cannot be started, both ways to execute look whether it was. */
async function startInVain(): Promise<void> {
  workflow.failing = true;
  const headers = { Prefer: 'respond-async' };
  for (const [operationId, answer] of [
    ['executeProcess', () => service.execute('echo', { inputs: { message: 'a' } }, headers)],
    ['executeProcessByQuery', () => service.get('/processes/echo/execution?message=a', headers)],
  ] as const)
    assert.equal((await as(summaryOf(operationId), answer)).status, 503);
  workflow.failing = false;
  assert.equal(
    (
      await as(summaryOf('executeProcessByQuery'), () =>
        service.get('/processes/echo/execution?message=a', headers),
      )
    ).status,
    201,
  );
  await workflow.settled();
}

/** What a page of the service sends where there are no scripts. */
async function dismissByForm(): Promise<void> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };
  const { json: running } = await asynchronous({ message: 'a', pause: 20 }, 'by-form-running');
  await ask('POST', `/jobs/${running.jobID}/dismissal`, 'sure=cancel', headers);
  const { json: ended } = await asynchronous({ message: 'a' }, 'by-form-ended');
  await workflow.settled();
  await ask('POST', `/jobs/${ended.jobID}/dismissal`, 'sure=remove', headers);
}

/** A job enters the line of its class, and its ticket lets it in. */
async function waitInLine(example: Job): Promise<void> {
  const jobID = randomUUID();
  const now = new Date().toISOString();
  const before = new Date(Date.now() - 60_000).toISOString();
  const { owner } = example;
  await service.ports.jobs.create({ ...example, jobID, status: 'accepted', created: now, updated: now });
  const computeClass = 'light';
  await as(WAIT, () => waitForTurn({ jobID, computeClass, token: 'token' }, service.ports));
  workflow.tokens.add('token');
  const ports = { ...service.ports, workers };
  // Its own ticket comes up while another job is before it.
  const first = {
    ...example,
    jobID: randomUUID(),
    status: 'accepted' as const,
    created: before,
    updated: now,
  };
  await service.ports.jobs.create(first);
  await as(WAIT, () => waitForTurn({ jobID: first.jobID, computeClass, token: 'first' }, service.ports));
  workflow.tokens.add('first');
  const admission = await as(ADMIT, () => admitJob({ computeClass, owner, jobID }, ports, () => 60_000, 0));
  assert.equal(admission, 'admitted');
}

/** One that still waits for a worker after more than a day is ended by the sweep, and its execution stopped. */
async function sweepOldJob(example: Job): Promise<void> {
  const jobID = randomUUID();
  const created = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await service.ports.jobs.create({ ...example, jobID, status: 'accepted', created, updated: created });
  workflow.states.set(jobID, { status: 'RUNNING' });
  // One that waits for some minutes gets another ticket.
  const waiting = randomUUID();
  const since = new Date(Date.now() - 6 * 60_000).toISOString();
  const owner = randomUUID();
  const job = {
    ...example,
    jobID: waiting,
    owner,
    status: 'accepted' as const,
    created: since,
    updated: since,
  };
  await service.ports.jobs.create(job);
  await service.ports.jobs.wait(waiting, { computeClass: 'light', token: 'third' }, since);
  workflow.states.set(waiting, { status: 'RUNNING' });
  await as(SWEEP, () => sweepJobs(service.ports));
  assert.equal(((await service.ports.jobs.get(jobID)) as Job).status, 'failed');
}

/** Statements of a role that have to do with the service's own resources. */
const ownStatements = (own: readonly Statement[]) =>
  own.filter(({ actions }) => !actions.some((action) => /^(logs|xray|sqs):/.test(action)));

describe('what roles may do', () => {
  test('every request to AWS is allowed by the role of the function that makes it', () => {
    const refused = calls.filter((call) => !isAllowed(statements.get(call.by) ?? [], call));
    assert.deepEqual(
      [...new Set(refused.map(({ by, action, resource }) => `${by}: ${action} ${resource}`))],
      [],
    );
    assert.ok(calls.length > 50, `${calls.length} requests were seen`);
  });

  test('every function that may do anything was seen to, and every service', () => {
    const silent = [...statements]
      .filter(([by, own]) => ownStatements(own).length > 0 && !calls.some((call) => call.by === by))
      .map(([by]) => by);
    // It is the function of the class vector with more memory, but for rasters in parts.
    assert.deepEqual(silent, [worker('raster')]);
    const services = new Set(calls.map(({ action }) => action.split(':')[0]));
    assert.deepEqual([...services].sort(), [
      'dynamodb',
      'lambda',
      's3',
      'secretsmanager',
      'sqs',
      'ssm',
      'states',
    ]);
  });

  test('where there is a key of the customer, every request that needs it may use it, by its alias alone', () => {
    const withKey = policiesWith({ customerManagedKey: true });
    const refused = calls.filter(
      (call) => !keyActions(call).every((action) => mayUseKey(withKey.get(call.by) ?? [], action)),
    );
    assert.deepEqual([...new Set(refused.map(({ by, action }) => `${by}: ${action}`))], []);
    for (const own of statements.values())
      assert.ok(own.every(({ actions }) => !actions.some((action) => action.startsWith('kms:'))));
  });

  test('and what none of its requests needs is refused', () => {
    const needed = new Map<string, Set<string>>();
    for (const { by, action } of calls) needed.set(by, (needed.get(by) ?? new Set()).add(action));
    // Reading the status of a job writes nothing, and listing reads no objects.
    const status = summaryOf('getJob');
    const list = summaryOf('listJobs');
    assert.ok(needed.get(status)?.has('dynamodb:GetItem'));
    for (const action of ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'])
      assert.equal(isAllowed(statements.get(status)!, { action, resource: 'table' }), false, action);
    assert.equal(
      isAllowed(statements.get(list)!, { action: 's3:GetObject', resource: 'bucket/jobs/1/x' }),
      false,
    );
    for (const [by, own] of statements) {
      for (const [action, resource] of [
        ['dynamodb:DeleteItem', 'table'],
        ['dynamodb:Scan', 'table'],
        ['s3:PutObject', 'bucket/elsewhere/x'],
        ['s3:GetObject', 'bucket/elsewhere/x'],
        ['lambda:InvokeFunction', 'worker/light'],
        ['lambda:UpdateFunctionCode', 'worker/light:live'],
        ['states:StopExecution', 'machine'],
        ['states:SendTaskFailure', 'machine'],
        ['sqs:PurgeQueue', 'line/light'],
        ['sqs:SendMessage', 'elsewhere'],
        ['ssm:PutParameter', 'switch'],
        ['secretsmanager:PutSecretValue', 'secret'],
      ] as const)
        assert.equal(isAllowed(own, { action, resource }), false, `${by} may ${action} ${resource}`);
      // Whoever may do something to another service is seen doing it.
      for (const [action, resource] of [
        ['states:StartExecution', 'machine'],
        ['states:StopExecution', 'execution'],
        ['states:DescribeExecution', 'execution'],
        ['states:SendTaskSuccess', 'machine'],
        ['sqs:SendMessage', 'line/light'],
        ['lambda:InvokeFunction', 'worker/light:live'],
        ['ssm:GetParameter', 'switch'],
      ] as const)
        if (isAllowed(own, { action, resource })) assert.ok(needed.get(by)?.has(action), `${by}: ${action}`);
    }
  });
});

/** What a service does with the key in the name of who asks it. */
function keyActions({ action }: AwsCall): readonly string[] {
  if (/^dynamodb:(Put|Update|Delete)/.test(action)) return ['kms:Decrypt', 'kms:GenerateDataKey'];
  if (action === 's3:PutObject') return ['kms:GenerateDataKey'];
  if (/^(dynamodb:(Get|Query)|s3:GetObject|secretsmanager:)/.test(action)) return ['kms:Decrypt'];
  return [];
}

const mayUseKey = (own: readonly Statement[], action: string): boolean =>
  own.some(
    ({ actions, conditions }) =>
      actions.includes(action) && JSON.stringify(conditions).includes('kms:ResourceAliases'),
  );
