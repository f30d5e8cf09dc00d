import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rateLimitFields } from '../../../core/usage/rate-limit-fields.ts';
import {
  computeStanding,
  countedFrom,
  findExceeded,
  secondsToNextDay,
} from '../../../core/usage/standing.ts';
import { readSwitch, switchOff } from '../../../core/usage/switch-value.ts';
import { newUsageEntry, type UsageEntry } from '../../../core/usage/usage-entry.ts';

const now = new Date('2026-11-29T02:00:00.000Z');
const entry = (changes: Partial<UsageEntry>): UsageEntry => ({
  ...newUsageEntry({ id: 'a', owner: 'o', kind: 'job', memory: 1024, gbSeconds: 10, bytes: 5 }, now),
  ...changes,
});

describe('what an owner has used', () => {
  test('is the sum of the entries of the day in UTC', () => {
    const entries = [
      entry({}),
      entry({ kind: 'sync', gbSeconds: 1, bytes: 0 }),
      entry({ kind: 'upload', gbSeconds: 0, bytes: 100, settled: true }),
      entry({ created: '2026-11-28T23:59:59.999Z', settled: true }),
    ];
    assert.deepEqual(computeStanding(entries, now), {
      runningJobs: 1,
      waitingJobs: 0,
      executionsPerDay: 3,
      gbSecondsPerDay: 11,
      storedBytesPerDay: 105,
    });
  });

  test('has the jobs beyond those that run at the same time as waiting ones', () => {
    const { runningJobs, waitingJobs } = computeStanding([entry({}), entry({}), entry({})], now, 2);
    assert.deepEqual([runningJobs, waitingJobs], [2, 1]);
  });

  test('counts jobs that began yesterday and have not ended', () => {
    const yesterday = entry({ created: '2026-11-28T23:00:00.000Z' });
    assert.equal(computeStanding([yesterday], now).runningJobs, 1);
    assert.equal(countedFrom(now).toISOString(), '2026-11-28T20:00:00.000Z');
  });

  test('does not count a job for ever that nobody has settled', () => {
    const old = entry({ created: '2026-11-27T23:00:00.000Z' });
    assert.equal(computeStanding([old], now).runningJobs, 0);
  });
});

describe('a quota is exceeded', () => {
  const standing = {
    runningJobs: 2,
    waitingJobs: 0,
    executionsPerDay: 7,
    gbSecondsPerDay: 100,
    storedBytesPerDay: 90,
  };

  test('by what is known beforehand when it comes to more, and by the rest when all of it is used', () => {
    const more = { runningJobs: 1, executionsPerDay: 1 };
    assert.deepEqual(findExceeded({ runningJobs: 3, executionsPerDay: 8 }, standing, more), []);
    assert.deepEqual(findExceeded({ runningJobs: 2 }, standing, more), ['runningJobs']);
    assert.deepEqual(findExceeded({ executionsPerDay: 7 }, standing, more), ['executionsPerDay']);
    assert.deepEqual(findExceeded({ gbSecondsPerDay: 101 }, standing, more), []);
    assert.deepEqual(findExceeded({ gbSecondsPerDay: 100 }, standing, more), ['gbSecondsPerDay']);
  });

  test('never by what does not count for it', () => {
    const upload = { runningJobs: 0, gbSecondsPerDay: 0, executionsPerDay: 1, storedBytesPerDay: 10 };
    const quotas = { runningJobs: 1, gbSecondsPerDay: 1, storedBytesPerDay: 100 };
    assert.deepEqual(findExceeded(quotas, standing, upload), []);
    assert.deepEqual(findExceeded(quotas, standing, { ...upload, storedBytesPerDay: 11 }), [
      'storedBytesPerDay',
    ]);
  });
});

test('the fields say each policy, and what is left of it until midnight UTC', () => {
  const standing = {
    runningJobs: 4,
    waitingJobs: 0,
    executionsPerDay: 7,
    gbSecondsPerDay: 0.5,
    storedBytesPerDay: 0,
  };
  assert.deepEqual(
    rateLimitFields({ runningJobs: 3, executionsPerDay: 8, gbSecondsPerDay: 10 }, standing, now),
    {
      'RateLimit-Policy':
        '"runningJobs";q=3;qu="concurrent-requests", "executionsPerDay";q=8;qu="requests";w=86400, "gbSecondsPerDay";q=10;qu="gb-seconds";w=86400',
      RateLimit: '"runningJobs";r=0, "executionsPerDay";r=1;t=79200, "gbSecondsPerDay";r=9;t=79200',
    },
  );
  assert.equal(secondsToNextDay(now), 22 * 3600);
  assert.deepEqual(rateLimitFields({}, standing, now), {});
});

test('the switch is on while its value says so, or nothing', () => {
  for (const value of ['on', ' ON ', undefined]) assert.equal(readSwitch(value), undefined);
  assert.equal(readSwitch('Back at noon.'), 'Back at noon.');
  assert.match(readSwitch(switchOff(' ')) ?? '', /suspended/);
});
