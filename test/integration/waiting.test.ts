import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { parseExecuteRequest } from '../../core/execution/parse.ts';
import { type Job, jobKeys } from '../../core/jobs/job.ts';
import { isFinal } from '../../core/jobs/lifecycle.ts';
import { Bucket } from '../../functions/aws/bucket.ts';
import { documents } from '../../functions/aws/client/documents.ts';
import { JsonService } from '../../functions/aws/client/json-service.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { StateMachine } from '../../functions/aws/workflow.ts';
import echo from '../../processes/echo/process.ts';
import { exampleJob } from '../support/jobs.ts';
import { deployedBucket } from './support/buckets.ts';
import { deployedTable } from './support/tables.ts';
import { deployedMachine } from './support/workers.ts';

const dynamo = new DynamoDBClient({});
const s3 = new S3Client({ forcePathStyle: true });
const sfn = new SFNClient({});
after(() => {
  for (const client of [dynamo, s3, sfn]) client.destroy();
});
const jobs = new JobTable(documents({ attempts: 4 }), await deployedTable(dynamo), systemClock);
const storage = new Bucket(s3, await deployedBucket(s3));
const workflow = new StateMachine(
  new JsonService('states', { attempts: 4 }),
  (await deployedMachine()).stateMachineArn,
);

test('a job that is to wait enters the line of its class, is let in by its ticket, and ends', async () => {
  const parsed = parseExecuteRequest({ inputs: { message: 'a' } }, echo);
  const { inputs: _, ...request } = parsed;
  const now = new Date().toISOString();
  const { jobID } = exampleJob();
  await jobs.create(exampleJob({ jobID, owner: jobID, created: now, request }));
  await storage.put(jobKeys.request(jobID), JSON.stringify(parsed), 'application/json');
  await workflow.start(jobID, 'light', false, true);
  let hasWaited = false;
  let job: Job | undefined;
  for (let look = 0; look < 1200 && !(job && isFinal(job.status)); look++) {
    await sleep(50);
    const read = await jobs.get(jobID);
    assert.ok(read && read !== 'removed');
    job = read;
    // Its ticket comes up after a second.
    hasWaited ||= job.waiting !== undefined;
  }
  assert.equal(job?.status, 'successful', JSON.stringify(job));
  assert.ok(hasWaited);
  assert.deepEqual(await jobs.line('light', 10, jobID), []);
});
