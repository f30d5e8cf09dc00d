import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunContext } from '../../../../core/run/context.ts';
import { readStrips } from '../../../../geo/raster/values/strips.ts';
import { makeContext } from '../../../processes/support/run-context.ts';

const runContext = (members: Partial<RunContext> = {}): RunContext => ({
  ...makeContext({ outputs: {}, limits: { inlineBytes: 0 } }),
  ...members,
});

const grid = { width: 4, height: 6 };

/** Rows of the strips that come, and what ended them. */
async function strips(read: (row: number) => Promise<number>, context = runContext()) {
  const rows: number[] = [];
  const strips = readStrips(grid, ({ row }) => read(row), context, 'Reading', 8);
  try {
    for await (const [, row] of strips) rows.push(row);
  } catch (error) {
    return { rows, error };
  }
  return { rows, error: undefined };
}

/** A failure that nobody handles would end this process, and with it the worker of other clients. */
describe('strips that are read ahead', () => {
  it('come in order', async () => {
    assert.deepEqual((await strips(async (row) => row)).rows, [0, 2, 4]);
  });

  for (const failing of [0, 2, 4])
    it(`tell that row ${failing} cannot be read, also while progress is awaited`, async () => {
      const slow = runContext({ progress: () => sleep(5) });
      const read = async (row: number) => {
        if (row === failing) throw new Error('damaged');
        return row;
      };
      const { rows, error } = await strips(read, slow);
      assert.match(String(error), /damaged/);
      assert.deepEqual(
        rows,
        [0, 2, 4].filter((row) => row < failing),
      );
    });

  it('end with what stopped the work, whatever the next strip would have said', async () => {
    const stopped = runContext({
      progress: async () => {
        await sleep(5);
        throw new Error('dismissed');
      },
    });
    const { error } = await strips(async () => Promise.reject(new Error('damaged')), stopped);
    assert.match(String(error), /dismissed/);
    await sleep(5);
  });
});
