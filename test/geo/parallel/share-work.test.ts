import assert from 'node:assert/strict';
import { afterEach, describe, it, test } from 'node:test';
import type { Geometry } from 'geojson';
import type { RunContext } from '../../../core/run/context.ts';
import { InvalidInput } from '../../../core/shared/errors.ts';
import { checkGeometries } from '../../../geo/geos/check-geometries.ts';
import { geometryAt, sharedGeometries, sharedNumbers } from '../../../geo/layer/packed-geometries.ts';
import { HelperThreads, helperThreads } from '../../../geo/parallel/helper-threads.ts';
import { shareWork } from '../../../geo/parallel/share-work.ts';
import { bowtie, rectangle } from '../../processes/support/layers.ts';
import { makeRunContext } from '../formats/support.ts';
import { tells } from './telling-kernel.ts';

const PARTS = 12;
const module = (name: string) => new URL(`./${name}-thread.ts`, import.meta.url);
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

const helper = new URL('../../../geo/helper.ts', import.meta.url);
helperThreads.use(helper);
afterEach(async () => {
  await helperThreads.end();
  helperThreads.use(helper);
  helperThreads.configure(0);
});

interface Options {
  readonly geometries?: readonly Geometry[];
  readonly context?: Partial<RunContext>;
  readonly reportProgress?: (done: number) => Promise<void>;
  readonly visit?: () => void;
}

/** Repairs squares and bow-ties in turn, two in each part. */
function repair({ geometries, context = {}, reportProgress = async () => {}, visit }: Options = {}) {
  const given =
    geometries ??
    Array.from({ length: PARTS * 2 }, (_, index) => (index % 2 ? bowtie : rectangle(0, 0, 1, 1)));
  const starts = sharedNumbers(Array.from({ length: PARTS + 1 }, (_, part) => part * 2));
  return shareWork(
    checkGeometries,
    { geometries: sharedGeometries(given), starts, repair: { method: 'structure', keepCollapsed: false } },
    {
      context: makeRunContext(context),
      sizes: new Array(PARTS).fill(2),
      vertices: 1e6,
      reportProgress,
      pointers: [(index) => `/inputs/features/features/${index}/geometry`],
      ...(visit && { visit }),
    },
  );
}

/** A ring that is not closed, which GEOS does not take. */
const open: Geometry = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  ],
};

describe('work on several threads', () => {
  it('is done by helpers while this thread does something else, and comes back in order', async () => {
    const alone = await repair();
    helperThreads.configure(2, 1);
    let visited = 0;
    const results = await repair({
      visit: () => visited++,
      // This thread has taken one part; it goes on when all others are done.
      reportProgress: async () => {
        while (visited < PARTS - 1) await pause();
      },
    });
    assert.equal(helperThreads.running, 2);
    assert.deepEqual(results, alone);
    assert.deepEqual([...results[3]!.indexes], [7]);
    assert.equal(geometryAt(results[3]!.repaired, 0)!.type, 'MultiPolygon');
  });

  it('keeps its helpers for the next work', async () => {
    helperThreads.configure(1, 1);
    await repair();
    await repair();
    assert.equal(helperThreads.running, 1);
  });

  it('needs no helpers where it is small, or where there is one core', () => {
    helperThreads.configure(3, 1000);
    assert.deepEqual(helperThreads.for(12, 999), []);
    assert.equal(helperThreads.for(12, 2500).length, 2);
    assert.equal(helperThreads.for(2, 1e9).length, 1);
    helperThreads.configure(0, 1);
    assert.deepEqual(helperThreads.for(12, 1e9), []);
  });

  it('tells the first fault, however many threads there are', async () => {
    const geometries = Array.from({ length: PARTS * 2 }, (_, index) =>
      index >= 5 && index % 2 === 1 ? open : bowtie,
    );
    const faults: string[] = [];
    for (const helpers of [0, 1, 2]) {
      helperThreads.configure(helpers, 1);
      await assert.rejects(repair({ geometries }), (error) => {
        assert.ok(error instanceof InvalidInput, String(error));
        faults.push(`${error.faults[0]!.pointer} ${error.detail}`);
        return true;
      });
    }
    assert.match(faults[0]!, /^\/inputs\/features\/features\/5\/geometry .*cannot be processed/);
    assert.equal(new Set(faults).size, 1);
  });

  it('ends its helpers when progress says that it should stop', async () => {
    helperThreads.configure(2, 1);
    const reportProgress = async () => {
      throw new Error('dismissed');
    };
    await assert.rejects(repair({ reportProgress }), /dismissed/);
    assert.equal(helperThreads.running, 0);
  });

  it('ends helpers that are in the middle of something when it is aborted', async () => {
    helperThreads.configure(1, 1, module('stuck'));
    const channel = new BroadcastChannel('stuck');
    const stuck = new Promise((resolve) => {
      channel.onmessage = resolve;
    });
    const controller = new AbortController();
    let calls = 0;
    const reportProgress = async (done: number) => {
      if (++calls === 1) await stuck;
      // All but the part that the helper has taken.
      if (done === (PARTS - 1) * 2) controller.abort(new Error('too late'));
    };
    await assert.rejects(repair({ reportProgress, context: { signal: controller.signal } }), /too late/);
    assert.equal(helperThreads.running, 0);
    channel.close();
  });

  it('fails when a helper is lost, and works again', async () => {
    helperThreads.configure(1, 1, module('crashing'));
    const reportProgress = async () => {
      while (helperThreads.running > 0) await pause();
    };
    await assert.rejects(repair({ reportProgress }), /has ended with the code 3/);
    helperThreads.configure(1, 1);
    assert.equal((await repair()).length, PARTS);
  });

  it('ends when the result has become too large', async () => {
    helperThreads.configure(1, 1);
    const visit = () => {
      throw new Error('enough');
    };
    await assert.rejects(repair({ visit }), /enough/);
  });
});

describe('warnings of shared work', () => {
  for (const failing of [[], [7, 4, 9]]) {
    const name = failing.length > 0 ? 'that fails are told up to the part that does' : 'are told once each';
    it(`${name}, in the order of the parts, whoever did them`, async () => {
      for (const helpers of [0, 1, 2]) {
        helperThreads.configure(helpers, 1, module('telling'));
        const warnings: (readonly [string, unknown])[] = [];
        const warn: RunContext['warn'] = (message, details) => void warnings.push([message, details]);
        let visited = 0;
        const work = shareWork(
          tells,
          { failing },
          {
            context: makeRunContext({ warn }),
            sizes: new Array(PARTS).fill(1),
            vertices: 1e6,
            // This thread lets helpers have all that they can get.
            reportProgress: async () => {
              for (let pauses = 0; helpers > 0 && visited < 3 && pauses < 40; pauses++) await pause();
            },
            visit: () => visited++,
            pointers: [(index) => `/inputs/features/features/${index}`],
          },
        );
        const last = failing.length > 0 ? Math.min(...failing) : PARTS - 1;
        if (failing.length > 0) await assert.rejects(work, /features\/4: is not valid/);
        else assert.equal((await work).length, PARTS);
        assert.deepEqual(warnings, [
          ['Part 0 was rounded.', undefined],
          ['Parts were rounded.', { first: '/inputs/features/features/0' }],
          ...Array.from({ length: last }, (_, index) => [`Part ${index + 1} was rounded.`, undefined]),
        ]);
        await helperThreads.end();
      }
    });
  }
});

test('there are no helpers until it is said what they run', async () => {
  const threads = new HelperThreads(2);
  threads.configure(2, 1);
  assert.deepEqual(threads.for(12, 1e9), []);
  threads.use(helper);
  assert.equal(threads.for(12, 1e9).length, 2);
  await threads.end();
});
