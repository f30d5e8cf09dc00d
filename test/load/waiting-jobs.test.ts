import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
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
import { deployedMachine, functionName } from '../integration/support/workers.ts';
import { memoryPorts } from '../support/memory/ports.ts';

/*
 * More jobs at once than may run: all of them end, each once and in its turn. The emulator bounds no workers of the workflow, so that it is
 * the quota of running jobs that holds them back. They are sent by the function that takes requests, with the
 * owners that authorization would give it.
 */
const JOBS = Number(process.env['LOAD_JOBS'] ?? 1000);
const OTHERS = 6;
/** Jobs of an owner that may run at the same time. */
const quotas: Quotas = { runningJobs: 2, waitingJobs: 100_000 };
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
after(() => {
  for (const client of [lambda, dynamo, s3, sfn]) client.destroy();
});

/** Sends jobs of owners, in order. */
async function sendAll(owners: readonly string[]): Promise<Job[]> {
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
      const claim = new ExecutionClaim(request, echo, using);
      jobs[place] = (await startJob({ request, process: echo, parsed, claim }, using)).job;
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

describe('more jobs than may run', { concurrency: 1 }, () => {
  const admit = functionName('Starts waiting jobs when a worker is free');
  const configure = async (change: (variables: Record<string, string>) => Record<string, string>) => {
    const FunctionName = await admit;
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables = change(Environment?.Variables ?? {});
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  };
  before(() => configure((variables) => ({ ...variables, QUOTAS: JSON.stringify(quotas) })));
  after(() => configure(({ QUOTAS: _, ...variables }) => variables));

  test(`${JOBS} jobs at once: all succeed, each owner's in order, and who floods does not hold up others`, async (t) => {
    // Who floods sends half of them before anybody else.
    const flood = Math.floor(JOBS / 2);
    const owners = Array.from({ length: JOBS }, (_, place) =>
      place < flood ? 'flood' : `other-${place % OTHERS}`,
    );
    const began = Date.now();
    const sent = await sendAll(owners);
    const sending = (Date.now() - began) / 1000;
    const jobs = await untilEnded(sent, 1200);
    assert.deepEqual(new Set(jobs.map(({ status }) => status)), new Set(['successful']));
    assert.deepEqual(await ports.jobs.line('light', 1), []);
    const first = jobs[0]?.created ?? '';
    const end = (some: readonly Required<Job>[]) =>
      seconds(first, latest(some.map(({ finished }) => finished)));
    t.diagnostic(`${JOBS} jobs sent in ${sending.toFixed(0)} s, ended after ${end(jobs).toFixed(0)} s`);
    for (const owner of new Set(owners)) {
      const own = jobs.filter((job) => job.owner === owner);
      const waits = own.map(({ created, started }) => seconds(created, started)).toSorted((a, b) => a - b);
      const median = waits[Math.floor(waits.length / 2)];
      t.diagnostic(
        `${owner}: ${own.length} jobs, median wait ${median} s, longest ${waits.at(-1)} s, ended after ${end(own).toFixed(0)} s, ` +
          `at most ${countTogether(own)} at once, overtaken by ${mostOvertaken(own)} at most`,
      );
    }
    const others = jobs.filter(({ owner }) => owner !== 'flood');
    const lastOfOthers = latest(others.map(({ started }) => started));
    const later = jobs.filter(({ owner, started }) => owner === 'flood' && started > lastOfOthers).length;
    t.diagnostic(`${later} of ${flood} jobs of who floods began after the last of all others`);
    assert.ok(later > flood / 4);
  });
});
