import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../../core/ports.ts';
import { Bucket } from '../../../functions/aws/bucket.ts';
import { documents as tables } from '../../../functions/aws/client/documents.ts';
import { JobTable } from '../../../functions/aws/job-table.ts';
import { emptyTable, removeTable } from '../../integration/support/tables.ts';

/** An empty table and an empty bucket of their own, with the keys and indexes of the deployed ones. */
export async function makeStores(clock: Clock) {
  const dynamodb = new DynamoDBClient({});
  const documents = DynamoDBDocumentClient.from(dynamodb);
  const s3 = new S3Client({ forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const table = await emptyTable(dynamodb);
  const name = `faults-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  const storage = new Bucket(s3, name);
  return {
    jobs: new JobTable(tables({ attempts: 4 }), table, clock),
    storage,

    /** Ids of all items of jobs, and keys of all objects. */
    async contents(): Promise<{ readonly jobs: string[]; readonly keys: string[] }> {
      const jobs: string[] = [];
      for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table }))
        jobs.push(...Items.map((item) => String(item['jobID'])));
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: name }))
        keys.push(...Contents.map(({ Key = '' }) => Key));
      return { jobs: jobs.filter((id) => id.startsWith('job-')).sort(), keys: keys.sort() };
    },

    async remove(): Promise<void> {
      await storage.removeAll('');
      await s3.send(new DeleteBucketCommand({ Bucket: name }));
      await removeTable(dynamodb, table);
      s3.destroy();
      dynamodb.destroy();
    },
  };
}
