import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, test } from 'node:test';
import { RemoteServerFailed } from '../../../core/shared/errors.ts';
import { explained } from '../../../functions/egress/explain.ts';
import {
  checkAvailable,
  isTemporary,
  ServerFailure,
  ShortAnswer,
  SilentServer,
} from '../../../functions/egress/failures.ts';
import { GaveUp, type Pauses, Retries } from '../../../functions/egress/retries.ts';

/** A clock that the pauses move, and chance that always says the same. */
function standingClock(random = 1) {
  const pauses: number[] = [];
  let now = 0;
  const clock: Pauses = {
    now: () => now,
    random: () => random,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
      now += milliseconds;
    },
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { clock, pauses, pass };
}

const broken = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const busy = (retryAfter?: number) => new ServerFailure(503, 'data.example', retryAfter);

/** Fails so many times, then answers. */
function failing(times: number, error: () => Error = broken) {
  let count = 0;
  const attempt = async () => {
    if (count++ < times) throw error();
    return 'bytes';
  };
  return { attempt, count: () => count };
}

describe('a request whose failure may pass', () => {
  test('is repeated, after pauses that double', async () => {
    const { clock, pauses } = standingClock();
    const { attempt, count } = failing(5);
    assert.equal(await new Retries(60, clock).repeat(attempt, undefined), 'bytes');
    assert.equal(count(), 6);
    assert.deepEqual(pauses, [400, 800, 1600, 3200, 6400]);
  });

  test('is repeated at different times by those who failed together', async () => {
    const { clock, pauses } = standingClock(0);
    await new Retries(60, clock).repeat(failing(3).attempt, undefined);
    assert.deepEqual(pauses, [200, 400, 800]);
  });

  test('is given up after six attempts, with the last reason', async () => {
    const { clock } = standingClock();
    const { attempt, count } = failing(99);
    await assert.rejects(new Retries(3600, clock).repeat(attempt, undefined), (error) => {
      assert.ok(error instanceof GaveUp);
      assert.equal((error.cause as NodeJS.ErrnoException).code, 'ECONNRESET');
      return error.attempts === 6;
    });
    assert.equal(count(), 6);
  });

  test('is repeated when the server wants it, and given up at once where that is too late', async () => {
    const { clock, pauses } = standingClock();
    await new Retries(60, clock).repeat(failing(1, () => busy(7)).attempt, undefined);
    assert.deepEqual(pauses, [7000]);
    const { attempt, count } = failing(1, () => busy(3600));
    await assert.rejects(new Retries(60, clock).repeat(attempt, undefined), GaveUp);
    assert.equal(count(), 1);
  });

  test('may lose so much time and no more, whether in pauses or in waiting', async () => {
    const { clock, pass } = standingClock();
    const { attempt, count } = failing(99);
    const slow = () => {
      pass(15_000);
      return attempt();
    };
    await assert.rejects(new Retries(20, clock).repeat(slow, undefined), GaveUp);
    assert.equal(count(), 2);
  });

  test('loses time once where several wait at the same time', async () => {
    const { clock, pass } = standingClock();
    const retries = new Retries(20, clock);
    let reject: (error: Error) => void = () => undefined;
    const outage = new Promise<never>((_, fail) => {
      reject = fail;
    });
    const reading = Array.from({ length: 8 }, () => {
      let first = true;
      return retries.repeat(async () => {
        if (!first) return 'bytes';
        first = false;
        return outage;
      }, undefined);
    });
    pass(15_000);
    reject(broken());
    assert.deepEqual(new Set(await Promise.all(reading)), new Set(['bytes']));
  });

  test('is not repeated when its run was ended', async () => {
    const { clock } = standingClock();
    const { attempt, count } = failing(99);
    await assert.rejects(new Retries(60, clock).repeat(attempt, AbortSignal.abort()), /hang up/);
    assert.equal(count(), 1);
  });

  test('what does not pass by waiting is not repeated', async () => {
    const { clock } = standingClock();
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED']) {
      const error = Object.assign(new Error(code), { code });
      assert.equal(isTemporary(error), false);
      const { attempt, count } = failing(1, () => error);
      await assert.rejects(new Retries(60, clock).repeat(attempt, undefined), (thrown) => thrown === error);
      assert.equal(count(), 1);
    }
    assert.equal(isTemporary(new ShortAnswer()), true);
    assert.equal(isTemporary(new SilentServer(15)), true);
  });
});

describe('an answer that a server cannot give now', () => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  const check = (statusCode: number, retryAfter?: string) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    const response = { statusCode, headers, destroy: () => undefined } as unknown as IncomingMessage;
    try {
      checkAvailable({ response, href: 'https://data.example:8443/a' }, now);
    } catch (error) {
      return error as ServerFailure;
    }
    return undefined;
  };

  test('is known by its status', () => {
    for (const status of [408, 425, 429, 500, 502, 503, 504]) {
      const failure = check(status);
      assert.deepEqual([failure?.status, failure?.host], [status, 'data.example:8443']);
    }
    for (const status of [200, 206, 301, 400, 401, 403, 404, 410, 416, 501, 505])
      assert.equal(check(status), undefined);
  });

  test('says in seconds or as a date when to ask again', () => {
    const asked = (value: string) => check(503, value)?.retryAfter;
    assert.equal(asked('120'), 120);
    assert.equal(asked('Sat, 31 Jan 2026 12:00:30 GMT'), 30);
    assert.equal(asked('Sat, 31 Jan 2026 11:00:00 GMT'), 0);
    assert.equal(asked('soon'), undefined);
  });
});

test('who gave up says whose fault it is', () => {
  const href = 'https://data.example/a.tif';
  const tell = (cause: unknown, attempts = 6) =>
    explained(new GaveUp(cause, attempts), href, '/inputs/raster', undefined) as RemoteServerFailed;
  const told = tell(busy(3600), 1);
  assert.ok(told instanceof RemoteServerFailed);
  assert.equal(told.status, 502);
  assert.equal(
    told.detail,
    '"https://data.example/a.tif" cannot be read now: the server data.example responded with status 503 (Service Unavailable) and asked to wait for 3600 s. It was tried once. Neither your request nor this service is at fault; try again later.',
  );
  assert.deepEqual(told.faults, [{ pointer: '/inputs/raster', detail: told.detail }]);
  assert.match(
    tell(broken()).detail ?? '',
    /now: data\.example closed the connection early\. It was tried 6 times\./,
  );
  assert.match(
    tell(new SilentServer(15), 2).detail ?? '',
    /now: the server data\.example sent nothing for 15 s\. It was tried 2 times\./,
  );
  assert.match(tell(new ShortAnswer()).detail ?? '', /data\.example sent fewer bytes than it announced/);
});
