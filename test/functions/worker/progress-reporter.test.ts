import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { INTERVAL_MILLISECONDS, progressReporter } from '../../../functions/worker/progress-reporter.ts';

/** A reporter with a clock that is set by hand. */
function reporterAt(start = 0) {
  const stopping = new AbortController();
  const written: (readonly [number, string | undefined])[] = [];
  const clock = { time: start };
  const report = progressReporter({
    now: () => clock.time,
    signal: stopping.signal,
    write: async (percent, message) => void written.push([percent, message]),
    failed: (error) => assert.fail(String(error)),
  });
  return { stopping, written, clock, report };
}

describe('progress', () => {
  it('is not written before the first interval is over: short jobs cost nothing', async () => {
    const { clock, report, written } = reporterAt(1_000_000);
    for (let done = 0; done < 100; done++) {
      clock.time += INTERVAL_MILLISECONDS / 100 - 1;
      await report(done, 100);
    }
    assert.deepEqual(written, []);
  });

  it('is written once in an interval, with the latest message', async () => {
    const { clock, report, written } = reporterAt();
    for (let done = 1; done <= 40; done++) {
      clock.time += INTERVAL_MILLISECONDS / 10;
      await report(done, 40, `step ${done}`);
    }
    assert.deepEqual(written, [
      [25, 'step 10'],
      [50, 'step 20'],
      [75, 'step 30'],
      [99, 'step 40'],
    ]);
  });

  it('is a whole percentage below 100 that never goes back, whatever a process says (/rec/core/job-status)', async () => {
    const amount = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, 0, -1, Infinity));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(amount, amount), { maxLength: 20 }), async (reports) => {
        const { clock, report, written } = reporterAt();
        for (const [done, total] of reports) {
          clock.time += INTERVAL_MILLISECONDS;
          await report(done, total);
        }
        const percents = written.map(([percent]) => percent);
        assert.equal(percents.length, reports.length);
        assert.ok(percents.every((percent) => Number.isInteger(percent) && percent >= 0 && percent <= 99));
        assert.deepEqual(
          percents,
          percents.toSorted((one, other) => one - other),
        );
      }),
    );
  });

  it('lets other work run in between, so that a tight loop can be stopped', async () => {
    const { clock, report, stopping } = reporterAt();
    setImmediate(() => stopping.abort(new Error('time is over')));
    const loop = async () => {
      for (let done = 0; done < 1000; done++) {
        clock.time += 1;
        await report(done, 1000);
      }
    };
    await assert.rejects(loop(), /time is over/);
  });

  it('ends the work once it is aborted, also by what a write finds out', async () => {
    const stopping = new AbortController();
    const reason = new Error('dismissed');
    let time = 0;
    let writes = 0;
    const report = progressReporter({
      now: () => time,
      signal: stopping.signal,
      write: async () => {
        writes++;
        stopping.abort(reason);
      },
      failed: (error) => assert.fail(String(error)),
    });
    await report(1, 10);
    time = INTERVAL_MILLISECONDS;
    await assert.rejects(report(2, 10), reason);
    time *= 2;
    await assert.rejects(report(3, 10), reason);
    assert.equal(writes, 1);
  });

  it('that cannot be written never ends the work; the next writes wait longer until one succeeds', async () => {
    const failures: unknown[] = [];
    const writes: number[] = [];
    const throttled = new Error('throttled');
    let time = 0;
    let isDown = true;
    const report = progressReporter({
      now: () => time,
      signal: new AbortController().signal,
      write: async () => {
        writes.push(time);
        if (isDown) throw throttled;
      },
      failed: (error) => failures.push(error),
    });
    const runFor = async (milliseconds: number) => {
      for (const end = time + milliseconds; time < end; ) {
        time += 500;
        await report(1, 10);
      }
    };
    await runFor(60_000);
    assert.deepEqual(writes, [2000, 6000, 14_000, 30_000, 46_000]);
    assert.deepEqual(failures, Array(writes.length).fill(throttled));
    isDown = false;
    await runFor(6000);
    assert.deepEqual(writes.slice(5), [62_000, 64_000, 66_000]);
    assert.equal(failures.length, 5);
  });
});
