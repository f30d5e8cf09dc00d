import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../../functions/aws/client/documents.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { jobListContract } from '../support/contracts/job-list-contract.ts';
import { jobStoreContract } from '../support/contracts/job-store-contract.ts';
import { exampleJob } from '../support/jobs.ts';
import { emptyTable, removeTable } from './support/tables.ts';

const client = new DynamoDBClient({});

const table = await emptyTable(client);
after(async () => {
  await removeTable(client, table);
  client.destroy();
});
const store = new JobTable(documents({ attempts: 4 }), table, systemClock);

describe('JobTable', () => {
  jobStoreContract(async () => store);
  jobListContract(async () => store);

  test('a tombstone keeps nothing but whose it was and until when it is kept', async () => {
    const job = exampleJob({ owner: randomUUID(), status: 'failed' });
    await store.create(job);
    await store.remove(job.jobID, '2026-01-31T12:20:00.000Z');
    const { Item } = await DynamoDBDocumentClient.from(client).send(
      new GetCommand({ TableName: table, Key: { jobID: job.jobID } }),
    );
    assert.deepEqual(Item, {
      jobID: job.jobID,
      owner: job.owner,
      expires: job.expires,
      removed: true,
      // The sweep looks once more for what a worker may have written afterwards.
      sweepKey: Item?.['sweepKey'],
      due: '2026-01-31T12:20:00.000Z',
    });
  });

  test('a filter that few jobs pass is answered in bounded pages that lose none', async () => {
    const owner = randomUUID();
    const jobs = Array.from({ length: 300 }, (_, index) =>
      exampleJob({ owner, status: index % 50 === 0 ? 'failed' : 'accepted' }),
    );
    await Promise.all(jobs.map((job) => store.create(job)));
    const found: string[] = [];
    let next: Parameters<JobTable['list']>[3];
    do {
      const page = await store.list(owner, { statuses: ['failed'] }, 2, next, new Date());
      found.push(...page.jobs.map(({ jobID }) => jobID));
      next = page.next;
    } while (next);
    const failed = jobs.filter(({ status }) => status === 'failed').map(({ jobID }) => jobID);
    assert.deepEqual(found.sort(), failed.sort());
  });
});
