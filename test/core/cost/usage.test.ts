import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobUsage, syncUsage } from '../../../core/cost/job-usage.ts';
import {
  addUsages,
  invocation,
  itemise,
  multiplyUsage,
  noUsage,
  usageCost,
} from '../../../core/cost/usage.ts';

const api = { memory: 512, ephemeralStorage: 512 };
const worker = { memory: 2048, ephemeralStorage: 1536 };

describe('what AWS charges for', () => {
  test('an invocation is a request, memory by time, and storage beyond 512 MB by time', () => {
    const usage = invocation(worker, 3);
    assert.deepEqual(usage, { ...noUsage, invocations: 1, gigabyteSeconds: 6, storageGigabyteSeconds: 3 });
    assert.equal(invocation(api, 3).storageGigabyteSeconds, 0);
  });

  test('usages are added and multiplied, and what they cost with them', () => {
    const usage = invocation(worker, 3);
    assert.deepEqual(addUsages(usage, usage), multiplyUsage(usage, 2));
    assert.ok(Math.abs(usageCost(multiplyUsage(usage, 1000)) / usageCost(usage) - 1000) < 1e-6);
    const parts = Object.values(itemise(usage)).reduce((sum, part) => sum + part, 0);
    assert.equal(parts, usageCost(usage));
  });

  test('prices are per unit: a million invocations cost 20 cents, a thousand transitions two and a half', () => {
    assert.ok(Math.abs(usageCost({ ...noUsage, invocations: 1e6 }) - 0.2) < 1e-9);
    assert.ok(Math.abs(usageCost({ ...noUsage, transitions: 1000 }) - 0.025) < 1e-9);
    assert.ok(Math.abs(usageCost({ ...noUsage, writeUnits: 1e6, readUnits: 1e6 }) - 0.75) < 1e-9);
    assert.ok(Math.abs(usageCost({ ...noUsage, logBytes: 1e9 }) - 0.5) < 1e-9);
  });

  test('a job has state machine, records, objects and what counts it', () => {
    const job = jobUsage({ api, worker }, { seconds: 10, counting: 'no quotas' });
    assert.equal(job.transitions, 2);
    assert.equal(job.writeUnits, 8 + 5 * 2);
    assert.ok(job.gigabyteSeconds > 20);
    const counted = jobUsage({ api, worker }, { seconds: 10 });
    assert.deepEqual(counted, addUsages(job, { ...noUsage, writeUnits: 5, readUnits: 1 }));
    const divided = jobUsage({ api, worker }, { seconds: 10, parts: 3 });
    assert.equal(divided.writeUnits - counted.writeUnits, 3 * (2 + 2));
  });

  test('an execution that is waited for has two functions at once, small work one', () => {
    const sync = syncUsage({ api, worker }, { seconds: 10 });
    assert.deepEqual([sync.transitions, sync.writeUnits, sync.invocations], [0, 2, 2]);
    assert.ok(sync.gigabyteSeconds > 20 + 5);
    const inRequest = syncUsage({ api, worker }, { seconds: 10, inRequest: true, counting: 'no quotas' });
    assert.deepEqual([inRequest.writeUnits, inRequest.invocations], [0, 1]);
    assert.ok(inRequest.gigabyteSeconds < 6);
  });
});
