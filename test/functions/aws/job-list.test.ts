import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StandIn } from '../../../bench/stand-in/stand-in.ts';
import { ItemTable } from '../../../functions/aws/item-table.ts';
import { itemFromJob, OLD_SHARDS, SHARDS } from '../../../functions/aws/job-item.ts';
import { listJobItems } from '../../../functions/aws/job-list.ts';
import { exampleJob } from '../../support/jobs.ts';

const standIn = new StandIn();
let table: ItemTable;

before(async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = await standIn.start();
  table = new ItemTable(new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials }), 'jobs');
});
after(() => standIn.stop());

const start = new Date('2026-01-31T13:00:00.000Z');
const later = new Date(start.getTime() + 15 * 60_000);
/** Lists a first page. @returns the ids, and how many queries that took */
async function list(
  owner: string,
  filter: object = {},
  now = later,
): Promise<[string[], number | undefined]> {
  standIn.take();
  const { jobs } = await listJobItems(table, { owner, filter, limit: 10, after: undefined, now });
  return [jobs.map(({ jobID }) => jobID), standIn.take().calls['dynamodb:Query']];
}

describe('jobs that a version with more partitions has stored', () => {
  test('are listed as long as there are any', async () => {
    const owner = 'long-here';
    const [old, current] = ['old', 'new'].map((jobID) => itemFromJob(exampleJob({ owner, jobID })));
    await table.put({ Item: { ...old, listKey: `${owner}#7` } });
    await table.put({ Item: current! });
    for (let page = 0; page < 2; page++)
      assert.deepEqual(await list(owner, {}, start), [['old', 'new'], OLD_SHARDS]);
    assert.deepEqual(await list(owner), [['old', 'new'], OLD_SHARDS]);
  });

  test('are seen that a function of the version before stores while a deployment replaces it', async () => {
    const owner = 'while-deployed';
    assert.deepEqual(await list(owner, {}, start), [[], OLD_SHARDS]);
    assert.deepEqual(await list(owner, {}, new Date(start.getTime() + 9000)), [[], SHARDS]);
    const item = itemFromJob(exampleJob({ owner, jobID: 'late' }));
    await table.put({ Item: { ...item, listKey: `${owner}#5` } });
    assert.deepEqual(await list(owner, {}, new Date(start.getTime() + 11_000)), [['late'], OLD_SHARDS]);
  });

  test('are not looked for again where a whole look has found none', async () => {
    const owner = 'new-here';
    const item = itemFromJob(exampleJob({ owner, jobID: 'only' }));
    await table.put({ Item: item });
    // What a filter leaves out may be there all the same.
    assert.deepEqual(await list(owner, { statuses: ['failed'] }), [[], OLD_SHARDS]);
    assert.deepEqual(await list(owner, { createdFrom: '2026-01-01T00:00:00.000Z' }), [['only'], OLD_SHARDS]);
    assert.deepEqual(await list(owner), [['only'], OLD_SHARDS]);
    assert.deepEqual(await list(owner), [['only'], SHARDS]);
    assert.deepEqual(await list(owner, { statuses: ['failed'] }), [[], SHARDS]);
  });
});
