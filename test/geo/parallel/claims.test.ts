import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Claims } from '../../../geo/parallel/claims.ts';

const work = fc.record({
  count: fc.integer({ min: 0, max: 50 }),
  threads: fc.integer({ min: 1, max: 8 }),
  /** Which thread is next. */
  turns: fc.array(fc.nat(7), { maxLength: 200 }),
});

describe('claims', () => {
  it('give each part to one thread, and all parts away', () => {
    fc.assert(
      fc.property(work, ({ count, threads, turns }) => {
        const memory = Claims.allocate(count);
        const claims = Array.from({ length: threads }, (_, thread) => new Claims(memory, thread, threads));
        const taken = turns.map((turn) => claims[turn % threads]!.take());
        for (const each of claims)
          for (let part = each.take(); part !== undefined; part = each.take()) taken.push(part);
        const parts = taken.filter((part) => part !== undefined).sort((one, other) => one - other);
        assert.deepEqual(parts, [...Array(count).keys()]);
      }),
    );
  });

  it('give the parts before the first that failed away, and none behind it', () => {
    fc.assert(
      fc.property(work, fc.uniqueArray(fc.nat(49), { minLength: 1 }), ({ count, threads }, failing) => {
        const memory = Claims.allocate(count);
        const claims = Array.from({ length: threads }, (_, thread) => new Claims(memory, thread, threads));
        const taken = new Set<number>();
        for (let left = threads; left > 0; ) {
          left = 0;
          for (const each of claims) {
            const part = each.take();
            if (part === undefined) continue;
            left++;
            assert.ok(part < each.bound);
            taken.add(part);
            if (failing.includes(part)) each.fail(part);
          }
        }
        const first = Math.min(count, ...failing.filter((part) => part < count));
        for (let part = 0; part < first; part++) assert.ok(taken.has(part));
        assert.equal(claims[0]!.bound, first);
      }),
    );
  });

  it('begin at a place of their own for each thread', () => {
    const memory = Claims.allocate(10);
    assert.deepEqual(
      [new Claims(memory, 0, 2), new Claims(memory, 1, 2)].map((claims) => claims.take()),
      [0, 5],
    );
  });
});
