import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { everyone, type JobPosition } from '../../core/jobs/job.ts';
import { computeStanding } from '../../core/usage/standing.ts';
import { systemClock } from '../../functions/aws/clock.ts';
import { JobTable } from '../../functions/aws/job-table.ts';
import { UsageTable } from '../../functions/aws/usage-table.ts';
import { settleEnded } from '../../functions/usage/settle-ended.ts';
import { type EarlierItem, earlierItem, earlierJob, earlierRecords } from '../support/earlier-records.ts';
import { exampleJob } from '../support/jobs.ts';
import { memoryPorts } from '../support/memory/ports.ts';
import { emptyTable, removeTable } from './support/tables.ts';

/*
 * Items as versions before have written them, in a table of today. The service that reads them is in
 * test/functions/upgrade/earlier-records.test.ts.
 */
const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client);
after(() => client.destroy());

/** A table with indexes as they are where there are owners, and items in it as they were. */
async function tableWith(items: readonly EarlierItem[]) {
  const TableName = await emptyTable(client, { withOwners: true });
  after(() => removeTable(client, TableName));
  for (const Item of items) await documents.send(new PutCommand({ TableName, Item }));
  return { table: TableName, store: new JobTable(client, TableName, systemClock) };
}

const jobs = Object.keys(earlierRecords.items).filter((name) => name !== 'removed');
const idOf = (name: string) => earlierItem(name).jobID;
const tomorrow = () => new Date(Date.now() + 86_400_000);

describe('what version 0.1.0 wrote into the table', () => {
  test('is read as it was, and what was removed is removed', async () => {
    const { store } = await tableWith(Object.values(earlierRecords.items));
    for (const name of jobs) assert.deepEqual(await store.get(idOf(name)), earlierJob(name));
    assert.equal(await store.get(idOf('removed')), 'removed');
    assert.equal(await store.ownerOfRemoved(idOf('removed')), 'anonymous');
  });

  test('is listed with what is new, for everybody where there is no authorization and for administrators where there is', async () => {
    const { store } = await tableWith(Object.values(earlierRecords.items));
    const made = ['anonymous', 'https://login.example.org|anna'].map((owner) =>
      exampleJob({ owner, jobID: randomUUID(), expires: earlierJob('raw').expires }),
    );
    for (const job of made) await store.create(job);
    const listed = async (owner: string | typeof everyone, limit: number) => {
      const ids: string[] = [];
      let next: JobPosition | undefined;
      do {
        const page = await store.list(owner, {}, limit, next, new Date());
        ids.push(...page.jobs.map(({ jobID }) => jobID));
        next = page.next;
      } while (next);
      return ids.sort();
    };
    const earlier = jobs.map(idOf);
    for (const limit of [1, 3, 100]) {
      assert.deepEqual(await listed('anonymous', limit), [...earlier, made[0]!.jobID].sort());
      assert.deepEqual(await listed(everyone, limit), [...earlier, ...made.map(({ jobID }) => jobID)].sort());
      assert.deepEqual(await listed('https://login.example.org|anna', limit), [made[1]!.jobID]);
    }
  });

  test('a job that goes on is looked at by the sweep from then on', async () => {
    const { store } = await tableWith([earlierItem('accepted'), earlierItem('running')]);
    assert.deepEqual(await store.due(tomorrow(), 10), []);
    const at = new Date().toISOString();
    assert.equal((await store.change(idOf('accepted'), { to: 'running', at }))?.status, 'running');
    assert.deepEqual(await store.due(tomorrow(), 10), [idOf('accepted')]);
    assert.deepEqual(await store.due(new Date(), 10), []);
    const failed = { to: 'failed', at, staysDue: true } as const;
    assert.equal((await store.change(idOf('running'), failed))?.status, 'failed');
    assert.deepEqual(
      [...(await store.due(tomorrow(), 10))].sort(),
      [idOf('accepted'), idOf('running')].sort(),
    );
    for (const name of ['accepted', 'running']) {
      if (name === 'accepted') await store.change(idOf(name), { to: 'successful', at });
      else await store.settle(idOf(name), 'failed');
    }
    assert.deepEqual(await store.due(tomorrow(), 10), []);
  });

  test('progress, callbacks, waiting and dismissal are recorded as of any job', async () => {
    const { store } = await tableWith(Object.values(earlierRecords.items));
    const at = new Date().toISOString();
    assert.equal(await store.progress(idOf('running'), 60, undefined, at), true);
    assert.equal(await store.claimNotification(idOf('untold'), 'failedUri', at), 'granted');
    assert.equal(await store.claimNotification(idOf('told'), 'successUri', at), 'told');
    assert.equal(await store.claimNotification(idOf('raw'), 'successUri', at), 'told');
    const waiting = { computeClass: 'vector', token: 't' } as const;
    assert.equal((await store.wait(idOf('accepted'), waiting, at))?.waiting?.token, 't');
    assert.equal((await store.line('vector', 10)).length, 1);
    assert.equal((await store.change(idOf('accepted'), { to: 'dismissed', at }))?.status, 'dismissed');
    assert.equal((await store.line('vector', 10)).length, 0);
    for (const name of ['raw', 'failed', 'accepted'])
      assert.equal(await store.remove(idOf(name), at), true, name);
    assert.equal(await store.get(idOf('raw')), 'removed');
  });
});

describe('entries of usage as they were first written', () => {
  test('that do not say how large the worker was count as the most that they may be', async () => {
    const owner = randomUUID();
    const job = exampleJob({ owner, status: 'successful' });
    const created = new Date().toISOString();
    const entry = {
      jobID: `usage#${job.jobID}`,
      listKey: `${owner}#u1`,
      position: `${created}#${job.jobID}`,
      owner,
      kind: 'job',
      created,
      gbSeconds: 12,
      bytes: 5,
      expires: 4e9,
    };
    const { table } = await tableWith([entry]);
    const usage = new UsageTable(client, table);
    const entries = await usage.since(owner, new Date(Date.now() - 60_000));
    assert.equal(entries.length, 1);
    const ports = memoryPorts();
    await ports.jobs.create({
      ...job,
      expires: 4e9,
      started: '2026-01-01T00:00:00.000Z',
      finished: '2026-01-01T00:10:00.000Z',
    });
    const settled = await settleEnded(entries, { ...ports, usage }, 10);
    assert.equal(computeStanding(settled, new Date()).gbSecondsPerDay, 12);
  });
});
