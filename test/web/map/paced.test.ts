import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { boundsInDegrees } from '../../../web/map/data/bounds-in-degrees.ts';
import { Paced } from '../../../web/map/data/paced.ts';

/** Asks for a turn every so many milliseconds of virtual time, each time in place of the former, and says when turns came. */
async function turns(t: TestContext, every: number, count: number): Promise<number[]> {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const paced = new Paced();
  const times: number[] = [];
  let last = new AbortController();
  for (let time = 0; time < every * count + 3000; time += 10) {
    if (time % every === 0 && time < every * count) {
      last.abort(new Error('moved on'));
      last = new AbortController();
      const { signal } = last;
      paced.turn(signal).then(
        () => times.push(Date.now()),
        () => {},
      );
    }
    t.mock.timers.tick(10);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
  return times;
}

describe('requests for what is in view', () => {
  it('wait while the map is moved, and then there is one, for where it came to rest', async (t) => {
    const [time, ...more] = await turns(t, 100, 30);
    assert.ok(time !== undefined && time >= 29 * 100 + 250);
    assert.deepEqual(more, []);
  });

  it('follow each other at most once a second', async (t) => {
    const times = await turns(t, 400, 20);
    assert.ok(times.length > 0);
    for (let index = 1; index < times.length; index++)
      assert.ok((times[index] ?? 0) - (times[index - 1] ?? 0) >= 1000, times.join());
  });

  it('are not sent when they are no longer wanted before it is their turn', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await assert.rejects(new Paced().turn(gone), /gone/);
  });

  for (const [extent, bbox] of [
    [
      [5, 52, 6, 53],
      [5, 52, 6, 53],
    ],
    [
      [170, -10, 190, 10],
      [170, -10, -170, 10],
    ],
    [
      [-200, -10, -190, 10],
      [160, -10, 170, 10],
    ],
    [
      [365, 1, 370, 2],
      [5, 1, 10, 2],
    ],
    [
      [-300, -100, 300, 100],
      [-180, -90, 180, 90],
    ],
  ] as const)
    it(`are for ${bbox.join()} where the map shows ${extent.join()}`, () => {
      assert.deepEqual(boundsInDegrees(extent), bbox);
    });
});
