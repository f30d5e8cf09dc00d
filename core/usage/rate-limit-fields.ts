import { SECONDS_PER_DAY } from '../shared/units.ts';
import { type QuotaName, type Quotas, quotaNames } from './quotas.ts';
import { type Standing, secondsToNextDay } from './standing.ts';

/** How the policies of the quotas are told: their unit, and whether they hold for a day. */
const policies: Readonly<Record<QuotaName, { readonly unit: string; readonly daily: boolean }>> = {
  runningJobs: { unit: 'concurrent-requests', daily: false },
  waitingJobs: { unit: 'concurrent-requests', daily: false },
  executionsPerDay: { unit: 'requests', daily: true },
  gbSecondsPerDay: { unit: 'gb-seconds', daily: true },
  storedBytesPerDay: { unit: 'content-bytes', daily: true },
};

/**
 * `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10): what the client may use, and what it has
 * left.
 */
export function rateLimitFields(quotas: Quotas, standing: Standing, now: Date): Record<string, string> {
  const set = quotaNames.flatMap((name) => {
    const quota = quotas[name];
    return quota === undefined ? [] : [{ name, quota, ...policies[name] }];
  });
  if (set.length === 0) return {};
  const policy = set.map(
    ({ name, quota, unit, daily }) =>
      `"${name}";q=${quota};qu="${unit}"${daily ? `;w=${SECONDS_PER_DAY}` : ''}`,
  );
  const left = set.map(({ name, quota, daily }) => {
    const remaining = Math.max(0, Math.floor(quota - standing[name]));
    return `"${name}";r=${remaining}${daily ? `;t=${secondsToNextDay(now)}` : ''}`;
  });
  return { 'RateLimit-Policy': policy.join(', '), RateLimit: left.join(', ') };
}
