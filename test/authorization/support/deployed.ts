import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Headers } from '../../support/credentials.ts';
import { makeJob, type TriedService } from '../../support/every-operation.ts';
import { serviceFromEnvironment } from '../../support/service-client.ts';

const client = serviceFromEnvironment();

/** The deployed service, as the tests of every operation want it. */
export const service: TriedService = {
  ...client,
  async settled(jobID, headers) {
    const end = Date.now() + 60_000;
    for (;;) {
      const { status, json, text } = await client.get(`/jobs/${jobID}`, headers);
      assert.equal(status, 200, text);
      if (!['accepted', 'running'].includes(json.status)) return;
      assert.ok(Date.now() < end, text);
      await sleep(100);
    }
  },
};

/** A variable that the test command sets. */
export function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run "npm run test:authorization", which deploys and sets it`);
  return value;
}

async function listJobs(headers: Headers): Promise<readonly string[]> {
  const { status, json, text } = await service.get('/jobs?limit=1000', headers);
  assert.equal(status, 200, text);
  return json.jobs.map(({ jobID }: { jobID: string }) => jobID);
}

/** A test of lists, which are read from an index that only a deployment with authorization has. */
export function tryLists({ anna, bram, admin }: Readonly<Record<'anna' | 'bram' | 'admin', Headers>>): void {
  test('lists have the jobs of the client, and those of all for an administrator', async () => {
    const ids = { anna: await makeJob(service, anna), bram: await makeJob(service, bram) };
    for (const [headers, own, others] of [
      [anna, ids.anna, ids.bram],
      [bram, ids.bram, ids.anna],
    ] as const) {
      const listed = await listJobs(headers);
      assert.ok(listed.includes(own) && !listed.includes(others));
    }
    const all = await listJobs(admin);
    assert.ok(all.includes(ids.anna) && all.includes(ids.bram));
  });

  test('the same Idempotency-Key of two owners starts two jobs', async () => {
    const key = randomUUID();
    const start = async (headers: Headers) => {
      const { status, json, text } = await service.execute(
        'echo',
        { inputs: { message: 'hello' } },
        { ...headers, Prefer: 'respond-async', 'Idempotency-Key': key },
      );
      assert.equal(status, 201, text);
      return json.jobID as string;
    };
    const first = await start(anna);
    assert.equal(await start(anna), first);
    assert.notEqual(await start(bram), first);
  });
}
