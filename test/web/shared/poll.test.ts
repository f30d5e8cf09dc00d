import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { statusThenLog } from '../../../web/job/status-then-log.ts';
import { poll, type Told } from '../../../web/shared/poll.ts';

/** A page that somebody looks at, or not. */
class Page extends EventTarget {
  hidden = false;
  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** Lets virtual time pass, millisecond by millisecond, with what is awaited in between. */
function virtualTime(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  return {
    now: () => now,
    pass: async (milliseconds: number) => {
      for (let step = 0; step < milliseconds; step += 10) {
        t.mock.timers.tick(10);
        now += 10;
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      }
    },
  };
}

/** Polls with answers from a list, the last of which stays, and notes when it was asked. */
function asking(t: TestContext, answers: readonly (Told | Error)[], page = new Page()) {
  const time = virtualTime(t);
  const times: number[] = [];
  const ask = async () => {
    const answer = answers[Math.min(times.length, answers.length - 1)] ?? 'end';
    times.push(time.now());
    if (answer instanceof Error) throw answer;
    return answer;
  };
  poll(ask, page);
  return { times, page, pass: time.pass };
}

const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? 0));

describe('poll', () => {
  it('asks once a second as long as there is news', async (t) => {
    const { times, pass } = asking(t, ['new']);
    await pass(10_000);
    assert.equal(times.length, 10);
    assert.ok(Math.min(...gaps(times)) >= 1000);
  });

  it('asks later each time that nothing is new, up to ten seconds, and at once a second again when there is', async (t) => {
    const { times, pass } = asking(t, [...Array.from({ length: 15 }, () => 'same' as const), 'new', 'same']);
    await pass(120_000);
    const found = gaps(times);
    for (let index = 1; index < 14; index++) assert.ok((found[index] ?? 0) >= (found[index - 1] ?? 0));
    assert.ok(Math.abs((found[13] ?? 0) - 10_000) <= 20, String(found[13]));
    assert.ok(Math.abs((found[15] ?? 0) - 1000) <= 20, String(found[15]));
  });

  it('backs off when it gets no answer', async (t) => {
    const { times, pass } = asking(t, [new Error('offline')]);
    await pass(30_000);
    assert.ok(times.length < 12, String(times.length));
    assert.ok(times.length > 3);
  });

  it('asks no more after the end', async (t) => {
    const { times, pass } = asking(t, ['new', 'end']);
    await pass(60_000);
    assert.equal(times.length, 2);
  });

  it('asks nothing while the page is hidden, and at once when it is seen again', async (t) => {
    const { times, page, pass } = asking(t, ['new']);
    await pass(2500);
    page.show(false);
    await pass(60_000);
    assert.equal(times.length, 2);
    page.show(true);
    await pass(10);
    assert.equal(times.length, 3);
    await pass(5000);
    assert.ok(Math.min(...gaps(times)) >= 1000);
  });
});

describe('a job that is followed', () => {
  it('costs one request a second, with its log, which is read after each change', async (t) => {
    const time = virtualTime(t);
    const requests: (readonly [string, number])[] = [];
    const note = (what: string) => requests.push([what, time.now()]);
    const ask = statusThenLog({
      status: async () => {
        note('status');
        return requests.length > 20 ? 'end' : 'new';
      },
      log: async () => {
        note('log');
      },
    });
    poll(ask, new Page());
    await time.pass(60_000);
    assert.ok(requests.some(([what]) => what === 'log'));
    assert.ok(Math.min(...gaps(requests.map(([, at]) => at))) >= 1000);
    assert.equal(requests.at(-1)?.[0], 'status');
    assert.equal(requests.length, 21);
  });

  it('is not asked for its log while nothing is new', async (t) => {
    const time = virtualTime(t);
    let logs = 0;
    const log = async () => {
      logs++;
    };
    poll(statusThenLog({ status: async () => 'same', log }), new Page());
    await time.pass(60_000);
    assert.equal(logs, 0);
  });
});
