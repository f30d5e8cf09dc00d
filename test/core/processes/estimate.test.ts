import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { estimateRun } from '../../../core/processes/estimate.ts';
import { SMALL_INPUTS } from '../../../core/processes/small-inputs.ts';
import echo from '../../../processes/echo/process.ts';
import hillshade from '../../../processes/hillshade/process.ts';

const waited = { bytes: 1000, asynchronous: false };

describe('the estimate of a run', () => {
  test('of small work that is waited for has no worker: the function that takes the request does it', () => {
    const small = estimateRun(echo, waited);
    for (const other of [{ hasReferences: true }, { bytes: SMALL_INPUTS + 1 }]) {
      const byWorker = estimateRun(echo, { ...waited, ...other });
      assert.ok(small.usd < byWorker.usd, JSON.stringify([other, small.usd, byWorker.usd]));
    }
  });

  test('of other work has the function that waits and its worker', () => {
    const short = estimateRun(hillshade, waited);
    assert.equal(short.usd, estimateRun(hillshade, { ...waited, hasReferences: true }).usd);
  });

  test('has what counts it, where owners have quotas', () => {
    for (const asynchronous of [false, true]) {
      const run = { bytes: 0, asynchronous };
      const without = estimateRun(echo, { ...run, counting: 'no quotas' });
      assert.ok(without.usd < estimateRun(echo, run).usd);
    }
  });
});
