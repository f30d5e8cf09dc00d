import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  isWithin,
  newestFirst,
  parsePositionKey,
  positionKey,
  positionRange,
} from '../../../core/jobs/position.ts';
import { exampleJob } from '../../support/jobs.ts';

const created = '2026-01-31T12:00:00.000Z';
const place = (time: string, jobID: string) => ({ created: time, jobID });

describe('the place of a job in the list', () => {
  test('is a key that can be read back', () => {
    assert.equal(positionKey(place(created, 'a1')), `${created}#a1`);
    const id = fc.stringMatching(/^[\w#-]{1,20}$/);
    fc.assert(
      fc.property(id, (jobID) =>
        assert.deepEqual(parsePositionKey(positionKey(place(created, jobID))), place(created, jobID)),
      ),
    );
  });

  test('is before those of older jobs, and of the same time by the id', () => {
    const old = place('2026-01-31T11:59:59.999Z', 'z');
    const [first, second] = [place(created, 'b'), place(created, 'a')];
    assert.deepEqual([old, second, first].toSorted(newestFirst), [first, second, old]);
    assert.equal(newestFirst(first, second), -1);
    assert.equal(newestFirst(second, first), 1);
    assert.equal(newestFirst(first, { ...first }), 0);
  });
});

describe('where a page is looked for', () => {
  const within = (time: string, jobID: string, range: ReturnType<typeof positionRange>) =>
    isWithin(exampleJob(place(time, jobID)), range);

  test('is everywhere without a filter and a position', () => {
    const range = positionRange({}, undefined);
    assert.deepEqual(range, { from: '!', to: '~' });
    assert.ok(within('0000-01-01T00:00:00.000Z', '-', range));
    assert.ok(within('9999-12-31T23:59:59.999Z', 'zzz', range));
  });

  test('is from the first to the last moment of an interval, all jobs of both included', () => {
    const range = positionRange({ createdFrom: created, createdTo: created }, undefined);
    assert.deepEqual(range, { from: created, to: `${created}$` });
    for (const id of ['-', 'zzz', '000']) assert.ok(within(created, id, range));
    assert.ok(!within('2026-01-31T12:00:00.001Z', '-', range));
    assert.ok(!within('2026-01-31T11:59:59.999Z', 'zzz', range));
  });

  test('ends at the position or at the interval, whichever is earlier', () => {
    const after = place(created, 'm');
    assert.equal(positionRange({}, after).to, `${created}#m`);
    assert.equal(positionRange({ createdTo: '2026-01-31T12:00:01.000Z' }, after).to, `${created}#m`);
    const earlier = '2026-01-31T11:00:00.000Z';
    assert.equal(positionRange({ createdTo: earlier }, after).to, `${earlier}$`);
    assert.equal(positionRange({ createdTo: created }, after).to, `${created}#m`);
  });
});
