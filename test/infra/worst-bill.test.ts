import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pricedRegions, prices } from '../../core/cost/prices.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { type BillLine, totalDollars, worstBill } from '../../infra/worst-bill.ts';

const price = prices['us-east-1'];
const bill = (environment: Record<string, string> = {}) =>
  worstBill(settingsFor('production', environment), price);
const find = (lines: readonly BillLine[], what: string) => lines.find((line) => line.what === what)!.dollars;

describe('the worst-case bill', () => {
  test('of a worker is its concurrency times its memory, all hour long', () => {
    const dollars = find(bill({ WORKER_CONCURRENCY: 'light=100' }), 'light workers');
    assert.ok(Math.abs(dollars - 100 * 0.5 * 3600 * 0.0000133334) < 1e-9, String(dollars));
  });

  test('falls with the concurrency of the workers, and has a bound by default', () => {
    const [small, usual, unlimited] = [
      bill({ WORKER_CONCURRENCY: 'light=1,vector=1,raster=1' }),
      bill(),
      bill({ WORKER_CONCURRENCY: 'off' }),
    ].map((lines) =>
      ['light', 'vector', 'raster'].reduce((sum, name) => sum + find(lines, `${name} workers`), 0),
    );
    assert.ok(small! < usual! && usual! < unlimited!);
    assert.ok(usual! < 10, String(usual));
    assert.ok(totalDollars(bill()) < 120);
  });

  test('does not use the concurrency of the account twice', () => {
    const lines = bill({ WORKER_CONCURRENCY: 'off' });
    const dearest = 1000 * ((3008 / 1024) * 3600 * 0.0000133334);
    const functions = ['light workers', 'vector workers', 'raster workers', 'functions behind the API'];
    const dollars = functions.reduce((sum, what) => sum + find(lines, what), 0);
    assert.ok(dollars >= dearest && dollars < dearest * 1.01, String(dollars));
  });

  test('has what the dearest requests read, up to what DynamoDB allows', () => {
    assert.ok(Math.abs(find(bill(), 'reads of the job list') - 40_000 * 3600 * 0.000000125) < 1e-9);
  });

  test('has the requests to SQS of jobs that wait, and what their tickets read, where jobs wait', () => {
    const usual = find(bill({ QUOTAS: 'off' }), 'waiting jobs');
    // A ticket reads its job alone where nothing is counted: 25, 10 and 5 at the same time, 50 ms each.
    const tickets = 40 / 0.05;
    const hour = tickets * (3 * 0.4e-6 + 0.2e-6 + 0.125e-6) + 0.75 * 0.4e-6;
    assert.ok(Math.abs(usual - 3600 * hour) < 1e-9, String(usual));
    assert.ok(find(bill(), 'waiting jobs') > usual);
    assert.ok(bill({ WAITING_LINE: 'off' }).every(({ what }) => what !== 'waiting jobs'));
  });

  test('counts the parts of divided jobs, where jobs are divided', () => {
    assert.ok(find(bill(), 'parts of jobs') > 0);
    assert.ok(bill({ FAN_OUT: 'off' }).every(({ what }) => what !== 'parts of jobs'));
  });

  test('has the large class where it is on, by what a new account may run', () => {
    assert.ok(bill().every(({ what }) => what !== 'large class'));
    const hour = 4 * 0.03238 + 30 * 0.00356 + 80 * 0.000111;
    assert.ok(Math.abs(find(bill({ LARGE: 'on' }), 'large class') - hour) < 1e-9);
  });

  test('says that storage has no bound where none is set', () => {
    assert.ok(Number.isNaN(find(bill({ QUOTAS: 'off' }), 'storage')));
  });

  test('has a price of everything in all regions', () => {
    for (const region of pricedRegions)
      for (const [name, dollars] of Object.entries(prices[region]))
        assert.ok(dollars > 0, `${region} ${name}`);
  });
});
