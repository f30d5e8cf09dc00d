import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { settingsFor } from '../../infra/config/config.ts';
import { capacities, lastBegins, type Mix, needsOf } from '../../infra/scale.ts';
import { settingsForLoad, usualMix } from '../../scripts/generate/scale.ts';

const account = { accountConcurrency: 1000, owners: 1 };
const only = (computeClass: 'light' | 'vector' | 'raster', seconds: number): Mix => {
  const none = { share: 0, seconds: 1 };
  return { light: none, vector: none, raster: none, [computeClass]: { share: 1, seconds } };
};

describe('the model of limits', () => {
  test('says the lowest limit first: workers for long jobs, the throttle for short ones', () => {
    const settings = settingsFor('production', {});
    const [long] = capacities(settings, only('raster', 100), 'large', account);
    assert.deepEqual([long?.what, long?.jobsPerSecond, long?.seen], ['raster workers', 0.1, 'waits']);
    const [short] = capacities(settings, only('light', 0.1), 'large', account);
    assert.deepEqual([short?.what, short?.jobsPerSecond, short?.seen], ['execution requests', 20, '429']);
  });

  test('lets more in of what jobs wait for than there are workers, as far as they take a second each', () => {
    const settings = settingsFor('production', {});
    for (const [name, { share }] of Object.entries(usualMix)) {
      const found = capacities(settings, usualMix, 'large', account);
      const letIn =
        found.find(({ what }) => what === `admission of waiting jobs, ${name}`)!.jobsPerSecond * share;
      assert.ok(letIn > settings.workers[name as 'light'].reservedConcurrency!, name);
    }
  });

  test('has settings for a million jobs a day, with which nothing is below the peak in any region', () => {
    const peak = (1_000_000 / 86_400) * 4;
    const { concurrency } = needsOf(peak, usualMix);
    for (const region of ['large', 'other'] as const) {
      const all = capacities(settingsForLoad(1_000_000), usualMix, region, {
        accountConcurrency: concurrency,
        owners: 100,
      });
      for (const { what, jobsPerSecond } of all) assert.ok(jobsPerSecond > peak, `${what}: ${jobsPerSecond}`);
    }
  });

  test('needs are enough for the load that they are computed for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 500, noNaN: true }), (peak) => {
        const { workers } = needsOf(peak, usualMix);
        for (const name of ['light', 'vector', 'raster'] as const)
          assert.ok(workers[name] >= peak * usualMix[name].share * usualMix[name].seconds);
      }),
    );
  });

  test('the last of many jobs begins when the others before it have ended, a round of workers after the other', () => {
    assert.deepEqual(
      [lastBegins(1000, 10, 60), lastBegins(10, 10, 60), lastBegins(11, 10, 60)],
      [5940, 0, 60],
    );
  });
});
