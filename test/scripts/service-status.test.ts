import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { prices } from '../../core/cost/prices.ts';
import { summarize, totalsFromSums } from '../../scripts/lib/service-status.ts';
import { describeSpend, describeTotals, describeUnfinished } from '../../scripts/lib/status-lines.ts';

const functions = [
  { name: 'worker', memory: 3008 },
  { name: 'api', memory: 512 },
];
const sums = {
  successful: 30,
  failed: 10,
  lost: 2,
  requests: 2000,
  serverErrors: 3,
  duration0: 1_024_000,
  invocations0: 40,
  duration1: 100_000,
  invocations1: 2000,
};

describe('the state of a deployment', () => {
  test('is made of metrics, each function by its own memory; what was never measured is nothing', () => {
    const totals = totalsFromSums(sums, functions);
    assert.deepEqual(totals, {
      successful: 30,
      failed: 10,
      dismissed: 0,
      lost: 2,
      requests: 2000,
      serverErrors: 3,
      gigabyteSeconds: 3008 + 50,
      invocations: 2040,
    });
    assert.equal(totalsFromSums({}, functions).gigabyteSeconds, 0);
  });

  test('says which part of the jobs has failed, and of the requests', () => {
    assert.equal(
      describeTotals('This month', totalsFromSums(sums, functions)),
      'This month: 30 jobs successful, 10 failed (25 %, 2 without their worker), 0 dismissed; 2000 requests, 3 of them answered 5xx (0.15 %)',
    );
    assert.match(describeTotals('A', totalsFromSums({}, [])), /0 failed \(0 %\).*answered 5xx \(0 %\)/);
  });

  test('says what is in what was spent and what is not, and at whose prices', () => {
    const totals = totalsFromSums(sums, functions);
    const [spent = '', without = ''] = describeSpend(totals, 'eu-central-1');
    const { lambdaGbSecond, lambdaRequest, apiRequest } = prices['eu-central-1'];
    const dollars = 3058 * lambdaGbSecond + 2040 * lambdaRequest + 2000 * apiRequest;
    assert.ok(
      spent.includes(`about ${dollars.toFixed(2)} USD (3058 GB-seconds, 2040 invocations, 2000 requests, `),
    );
    assert.match(spent, /list prices of eu-central-1 on/);
    assert.match(without, /Not in it: Step Functions, DynamoDB/);
    assert.match(describeSpend(totals, 'ap-south-1').join(), /list prices of us-east-1 on/);
  });

  test('names the jobs that have waited and run longest', () => {
    const jobs = [
      { jobID: 'a', status: 'accepted', created: '2026-01-01T00:00:40Z' },
      { jobID: 'b', status: 'accepted', created: '2026-01-01T00:00:20Z' },
      { jobID: 'c', status: 'running', created: '2026-01-01T00:00:00Z', started: '2026-01-01T00:00:30Z' },
      // It has ended, and its subscriber is still to be told.
      { jobID: 'd', status: 'successful', created: '2025-12-31T00:00:00Z' },
    ] as const;
    const now = new Date('2026-01-01T00:01:00Z');
    assert.equal(
      describeUnfinished(summarize(jobs), now),
      'Now: 2 jobs accepted, 1 running; b has waited longest, 40 s; c has run longest, 30 s',
    );
    assert.equal(describeUnfinished(summarize([]), now), 'Now: 0 jobs accepted, 0 running');
  });
});
