import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Bucket } from '../../functions/aws/bucket.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { emptyTable, removeTable } from '../integration/support/tables.ts';
import { jobListContract } from '../support/contracts/job-list-contract.ts';
import { jobStoreContract } from '../support/contracts/job-store-contract.ts';
import { storageContract } from '../support/contracts/storage-contract.ts';
import { usageStoreContract } from '../support/contracts/usage-store-contract.ts';
import { loseFirstAnswers } from './support/lossy-client.ts';

/*
 * Every request of an adapter gets through, and its answer is lost: the client of AWS sends it again, to a table or bucket that
 * has changed by it. The adapters keep what they promise.
 */
const lost = { table: 0, bucket: 0 };
const steady = new DynamoDBClient({});
const clients: { destroy(): void }[] = [steady];
const table = await emptyTable(steady);
const bucket = `adapters-${randomUUID()}`;
const makeBucketClient = () =>
  new S3Client({ forcePathStyle: true, maxAttempts: 4, requestChecksumCalculation: 'WHEN_REQUIRED' });
await makeBucketClient().send(new CreateBucketCommand({ Bucket: bucket }));

/** Each has a client of its own: one that has to repeat everything soon gives up. */
function lossyTable(): DynamoDBClient {
  const client = loseFirstAnswers(new DynamoDBClient({ maxAttempts: 4 }), () => lost.table++);
  clients.push(client);
  return client;
}
function lossyBucket(): Bucket {
  const client = loseFirstAnswers(makeBucketClient(), () => lost.bucket++);
  clients.push(client);
  return new Bucket(client, bucket);
}

after(async () => {
  await new Bucket(makeBucketClient(), bucket).removeAll('');
  await makeBucketClient().send(new DeleteBucketCommand({ Bucket: bucket }));
  await removeTable(steady, table);
  for (const client of clients) client.destroy();
});

/** An adapter, some of whose methods promise less where an answer is lost, and are not tried here. */
function without<T extends object>(adapter: T, whole: T, methods: readonly (keyof T)[]): T {
  return new Proxy(adapter, {
    get: (_, name) => {
      const from = methods.includes(name as keyof T) ? whole : adapter;
      const member: unknown = Reflect.get(from, name);
      return typeof member === 'function' ? member.bind(from) : member;
    },
  });
}

const jobs = () =>
  without(
    new JobTable(lossyTable(), table, systemClock),
    new JobTable(steady, table, systemClock),
    // A claim whose answer was lost counts as taken: a subscriber is told a minute late rather than twice. A removal says that
    // there was nothing to remove, and nobody asks.
    ['claimNotification', 'remove'],
  );

describe('while every first answer is lost', () => {
  describe('JobTable', () => {
    jobStoreContract(async () => jobs());
    jobListContract(async () => jobs());
  });

  describe('UsageTable', () => {
    // An announcement that is sent again is told of those that came between too: fewer are let in than could be, never more.
    usageStoreContract(async () =>
      without(new UsageTable(lossyTable(), table), new UsageTable(steady, table), ['announce']),
    );
  });

  describe('Bucket', () => {
    storageContract(async () => lossyBucket());
  });

  test('answers were lost', () => {
    console.log(`${lost.table} answers of the table and ${lost.bucket} of the bucket were lost`);
    assert.ok(lost.table > 100 && lost.bucket > 20);
  });
});
