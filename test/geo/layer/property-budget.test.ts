import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LimitExceeded } from '../../../core/shared/errors.ts';
import { measureProperties, PropertyBudget } from '../../../geo/layer/property-budget.ts';

describe('bytes of properties', () => {
  it('are about as many as those of their JSON, whatever they hold', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        const json = JSON.stringify(properties).length;
        const bytes = measureProperties(properties as Record<string, unknown>);
        assert.ok(bytes >= json / 7 && bytes <= 8 * json + 16, `${bytes} for ${json}`);
      }),
      { seed: 20260131, numRuns: 1000 },
    );
  });

  it('are those of long texts, wherever they stand', () => {
    const long = 'x'.repeat(500_000);
    for (const properties of [{ long }, { a: [1, long] }, { a: { b: { long } } }, { [long]: 1 }]) {
      const bytes = measureProperties(properties);
      assert.ok(bytes > 500_000 && bytes < 500_100, String(bytes));
    }
    assert.ok(measureProperties({ blob: new Uint8Array(1000) }) > 1000);
  });
});

describe('the budget', () => {
  const limits = { inlineBytes: 1, referencedBytes: 1000 };

  it('is used up by rows that repeat properties, each of which is looked at once', () => {
    const budget = new PropertyBudget({ limits }, '/inputs/overlay');
    let looks = 0;
    const count = budget.ofFeatures(3, () => {
      looks++;
      return { text: 'x'.repeat(90) };
    });
    count(1, 4);
    count(1, 4);
    assert.throws(
      () => count(1, 2),
      (error) => {
        assert.ok(error instanceof LimitExceeded);
        assert.equal(error.faults[0]?.pointer, '/inputs/overlay');
        assert.match(error.detail ?? '', /more than 1000 bytes of properties/);
        return true;
      },
    );
    assert.equal(looks, 1);
  });

  it('counts prefixes of names, and nothing for no rows', () => {
    const budget = new PropertyBudget({ limits }, '/inputs/overlay');
    budget.ofFeatures(1, () => ({ text: 'x'.repeat(5000) }))(0, 0);
    const count = budget.ofFeatures(1, () => ({ a: 1 }), 'p'.repeat(600));
    count(0);
    assert.throws(() => count(0), LimitExceeded);
  });
});
