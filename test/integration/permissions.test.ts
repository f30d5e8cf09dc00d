import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { operationList } from '../../core/api/operations.ts';
import { Bucket } from '../../functions/aws/bucket.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { sweepJobs } from '../../functions/events/sweep-jobs.ts';
import { runs as light } from '../../functions/worker/runs/light.ts';
import { work } from '../../functions/worker/worker.ts';
import { processes } from '../../processes/index.ts';
import { statementsByFunction, synthesizeTemplates } from '../infra/support/service.ts';
import { memoryService } from '../support/memory-service.ts';
import { deployedBucket } from './support/buckets.ts';
import { as, isAllowed, recordCalls } from './support/recorded-calls.ts';
import { emptyTable, removeTable } from './support/tables.ts';

/*
 * Emulators do not enforce what roles may do. So the requests to AWS are listed that operations, workers and events make
 * to a real table and bucket, each by the function that makes it, and held against the policy of that function's role.
 */
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: true });
const table = await emptyTable(dynamo);
after(async () => {
  await removeTable(dynamo, table);
  dynamo.destroy();
  s3.destroy();
});
const calls = recordCalls(dynamo, s3);
const { compute, api } = synthesizeTemplates('production');
const statements = new Map([...statementsByFunction(compute), ...statementsByFunction(api)]);

const WORKER = 'Runs the processes of the compute class light';
const SWEEP = 'Ends jobs that nothing else has ended, and tells subscribers that nobody has told';

const service = memoryService({
  jobs: new JobTable(dynamo, table, systemClock),
  usage: new UsageTable(dynamo, table),
  storage: new Bucket(s3, await deployedBucket(s3)),
  clock: systemClock,
  runTask: (_, task) =>
    as(WORKER, () => work({ processes, runs: light, ports: service.ports }, task as never, () => 60_000)),
  runJob: async ({ jobID }) => {
    await as(WORKER, () =>
      work({ processes, runs: light, ports: service.ports }, { kind: 'job', jobID }, () => 60_000),
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
  assert.ok(answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer;
}

const execution = (inputs: object) => ask('POST', '/processes/echo/execution', { inputs });
const asynchronous = (inputs: object) =>
  ask(
    'POST',
    '/processes/echo/execution',
    { inputs },
    { Prefer: 'respond-async', 'Idempotency-Key': 'permissions' },
  );

/** Every operation, and what follows from it. */
before(async () => {
  const long = 'x'.repeat(1000);
  await execution({ message: long });
  await ask('GET', '/processes/echo/execution?message=a');
  const { json: job } = await asynchronous({ message: long });
  await service.ports.workflow.settled();
  await asynchronous({ message: long });
  const path = `/jobs/${job.jobID}`;
  for (const below of ['', '/logs', '/results', '/results/message']) await ask('GET', `${path}${below}`);
  for (const list of [
    '/jobs',
    '/jobs?status=failed',
    '/collections',
    '/health',
    '/',
    '/processes',
    '/processes/echo',
  ])
    await ask('GET', list);
  for (const below of ['', '/items', '/items/1']) await ask('GET', `/collections/${job.jobID}${below}`);
  await ask('POST', '/uploads', { mediaType: 'application/geo+json', fileName: 'a.geojson' });
  await ask('DELETE', path);
  await as(SWEEP, () => sweepJobs(service.ports));
});

describe('what roles may do', () => {
  test('every request to AWS is allowed by the role of the function that makes it', () => {
    const refused = calls.filter((call) => !isAllowed(statements.get(call.by) ?? [], call));
    assert.deepEqual(
      [...new Set(refused.map(({ by, action, resource }) => `${by}: ${action} ${resource}`))],
      [],
    );
    assert.ok(calls.length > 50, `${calls.length} requests were seen`);
  });

  test('and what none of its requests needs is refused', () => {
    const needed = new Map<string, Set<string>>();
    for (const { by, action } of calls) needed.set(by, (needed.get(by) ?? new Set()).add(action));
    // Reading the status of a job writes nothing, and listing reads no objects.
    const status = operationList.find(({ operationId }) => operationId === 'getJob')!.summary;
    const list = operationList.find(({ operationId }) => operationId === 'listJobs')!.summary;
    assert.ok(needed.get(status)?.has('dynamodb:GetItem'));
    for (const action of ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'])
      assert.equal(isAllowed(statements.get(status)!, { action, resource: 'table' }), false, action);
    assert.equal(
      isAllowed(statements.get(list)!, { action: 's3:GetObject', resource: 'bucket/jobs/1/x' }),
      false,
    );
    for (const [by, own] of statements)
      for (const [action, resource] of [
        ['dynamodb:DeleteItem', 'table'],
        ['dynamodb:Scan', 'table'],
        ['s3:PutObject', 'bucket/elsewhere/x'],
        ['s3:GetObject', 'bucket/elsewhere/x'],
      ] as const)
        assert.equal(isAllowed(own, { action, resource }), false, `${by} may ${action} ${resource}`);
  });
});
