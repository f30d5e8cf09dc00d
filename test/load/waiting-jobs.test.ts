import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { ApiRequest } from '../../core/api/http.ts';
import { operations } from '../../core/api/operations.ts';
import { parseExecuteRequest } from '../../core/execution/parse.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Quotas } from '../../core/usage/quotas.ts';
import { Bucket } from '../../functions/aws/bucket.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { StateMachine } from '../../functions/aws/workflow.ts';
import { startJob } from '../../functions/execution/start-job.ts';
import { ExecutionClaim } from '../../functions/usage/execution-claim.ts';
import echo from '../../processes/echo/process.ts';
import { deployedBucket } from '../integration/support/buckets.ts';
import { deployedTable } from '../integration/support/tables.ts';
import { deployedMachine, functionName, workerName } from '../integration/support/workers.ts';
import { memoryPorts } from '../support/memory/ports.ts';

/*
 * More jobs at once than workers: all of them end, each once and in its turn. They are sent by the function that takes requests, with the
 * owners that authorization would give it.
 */
const JOBS = Number(process.env['LOAD_JOBS'] ?? 1000);
const WORKERS = 4;
/** Jobs that are sent at the same time. */
const SENDERS = 8;

const lambda = new LambdaClient({});
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: true });
const sfn = new SFNClient({});
const aws = memoryPorts();
const table = await deployedTable(dynamo);
const { stateMachineArn } = await deployedMachine();
const ports = {
  ...aws,
  jobs: new JobTable(dynamo, table, aws.clock),
  usage: new UsageTable(dynamo, table),
  storage: new Bucket(s3, await deployedBucket(s3)),
  workflow: new StateMachine(sfn, stateMachineArn),
};
const worker = await workerName('light');

before(() =>
  lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: worker, ReservedConcurrentExecutions: WORKERS }),
  ),
);
after(async () => {
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: worker }));
  for (const client of [lambda, dynamo, s3, sfn]) client.destroy();
});

/** Sends jobs of owners, in order. */
async function sendAll(owners: readonly string[], quotas: Quotas = {}): Promise<Job[]> {
  const using = { ...ports, settings: { ...ports.settings, quotas } };
  const parsed = parseExecuteRequest({ inputs: { message: 'a', pause: 1 } }, echo);
  const jobs: Job[] = [];
  const left = owners.entries();
  const send = async () => {
    for (const [place, owner] of left) {
      const request: ApiRequest = {
        operation: operations.executeProcess,
        method: 'POST',
        path: '/processes/echo/execution',
        pathParameters: {},
        query: {},
        headers: {},
        body: undefined,
        baseUrl: 'https://service.example/v1',
        authorization: { mode: 'none' },
        principal: { owner, scopes: ['read', 'execute'] },
        owner,
        requestId: `load-${place}`,
      };
      jobs[place] = await startJob(request, echo, parsed, new ExecutionClaim(request, echo, using), using);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return jobs;
}

/** The jobs when all of them have ended. */
async function untilEnded(jobs: readonly Job[], seconds: number): Promise<Required<Job>[]> {
  const ended = new Map<string, Required<Job>>();
  for (const end = Date.now() + seconds * 1000; ended.size < jobs.length; await sleep(2000)) {
    const open = jobs.filter(({ jobID }) => !ended.has(jobID));
    assert.ok(Date.now() < end, `${open.length} of ${jobs.length} jobs have not ended`);
    for (let from = 0; from < open.length; from += 20) {
      const some = await Promise.all(open.slice(from, from + 20).map(({ jobID }) => ports.jobs.get(jobID)));
      for (const job of some)
        if (typeof job === 'object' && job.finished !== undefined) ended.set(job.jobID, job as Required<Job>);
    }
  }
  return jobs.map(({ jobID }) => ended.get(jobID)!);
}

/** Most jobs that ran at the same time. */
function countTogether(jobs: readonly Required<Job>[]): number {
  const changes = jobs
    .flatMap(({ started, finished }) => [[started, 1] as const, [finished, -1] as const])
    .toSorted(([one, up], [other, down]) => (one === other ? up - down : one < other ? -1 : 1));
  let running = 0;
  return Math.max(...changes.map(([, change]) => (running += change)));
}

const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;
const latest = (times: readonly string[]) => times.toSorted().at(-1) ?? '';

/** By how many places a job was overtaken at most. */
function mostOvertaken(jobs: readonly Required<Job>[]): number {
  const byStart = jobs.toSorted((one, other) => (one.started < other.started ? -1 : 1));
  const place = new Map(byStart.map(({ jobID }, index) => [jobID, index]));
  const inOrder = jobs.toSorted((one, other) => (one.created < other.created ? -1 : 1));
  return Math.max(...inOrder.map(({ jobID }, index) => (place.get(jobID) ?? 0) - index));
}

const ofOwner = (jobs: readonly Required<Job>[], name: string) => jobs.filter(({ owner }) => owner === name);

describe('more jobs than workers', { concurrency: 1 }, () => {
  test(`${JOBS} jobs at once all succeed, and never more run than there are workers`, async (t) => {
    const few = Math.floor(JOBS / 10);
    const owners = Array.from({ length: JOBS }, (_, place) => (place < JOBS - few ? 'flood' : 'few'));
    const began = Date.now();
    const sent = await sendAll(owners);
    const sending = (Date.now() - began) / 1000;
    const jobs = await untilEnded(sent, 900);
    assert.deepEqual(new Set(jobs.map(({ status }) => status)), new Set(['successful']));
    assert.ok(countTogether(jobs) <= WORKERS, `${countTogether(jobs)} jobs ran at the same time`);
    assert.deepEqual(await ports.jobs.line('light', 1), []);
    const first = jobs[0]?.created ?? '';
    t.diagnostic(
      `${JOBS} jobs sent in ${sending.toFixed(0)} s, ended after ${seconds(first, latest(jobs.map(({ finished }) => finished)))} s`,
    );
    for (const owner of ['flood', 'few']) {
      const own = ofOwner(jobs, owner);
      const waits = own.map(({ created, started }) => seconds(created, started));
      t.diagnostic(
        `${owner}: ${own.length} jobs, mean wait ${(waits.reduce((sum, wait) => sum + wait) / own.length).toFixed(1)} s, longest ${Math.max(...waits)} s, overtaken by ${mostOvertaken(own)} at most`,
      );
    }
  });

  test('who floods the service does not hold up others: the quota of running jobs leaves workers to them', async (t) => {
    const quotas = { runningJobs: 2, waitingJobs: 1000 };
    const admit = await functionName('Lets waiting jobs go on when a worker is free');
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: admit }));
    const configure = (variables: Record<string, string>) =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: admit,
          Environment: { Variables: { ...Environment?.Variables, ...variables } },
        }),
      );
    await configure({ QUOTAS: JSON.stringify(quotas) });
    const owners = Array.from({ length: 88 }, (_, place) => (place < 80 ? 'flood 2' : 'few 2'));
    const jobs = await untilEnded(await sendAll(owners, quotas), 300);
    await configure({});
    const [flood, few] = ['flood 2', 'few 2'].map((owner) => ofOwner(jobs, owner)) as [
      Required<Job>[],
      Required<Job>[],
    ];
    assert.deepEqual(new Set(jobs.map(({ status }) => status)), new Set(['successful']));
    const lastOfFew = latest(few.map(({ started }) => started));
    const later = flood.filter(({ started }) => started > lastOfFew).length;
    t.diagnostic(
      `${later} of ${flood.length} jobs of who floods began after the last of ${few.length} others`,
    );
    t.diagnostic(`together ran ${countTogether(flood)} of who floods, where ${quotas.runningJobs} may`);
    assert.ok(later > flood.length / 4);
  });
});
