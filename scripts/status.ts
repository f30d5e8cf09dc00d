import { PRICES_OF, prices } from '../core/cost/prices.ts';
import { main, Problem } from './lib/progress.ts';
import { countUnfinished, readTotals, type Totals } from './lib/service-status.ts';

/**
 * `npm run status -- STAGE`: how a deployment is doing, in lines for people: unfinished jobs, what the last day and the
 * month had, and what the workers of the month have cost.
 */

const line = (
  name: string,
  { successful, failed, dismissed, lost, requests, serverErrors }: Totals,
): string =>
  `${name}: ${successful} jobs successful, ${failed} failed${lost > 0 ? ` (${lost} without their worker)` : ''}, ` +
  `${dismissed} dismissed; ${requests} requests, ${serverErrors} of them answered 5xx`;

await main(async () => {
  const [stage] = process.argv.slice(2);
  if (!stage) throw new Problem('Usage: npm run status -- STAGE, for example production');
  const now = new Date();
  const monthStart = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const [{ accepted, running, oldestWaiting }, day, month] = await Promise.all([
    countUnfinished(stage),
    readTotals(stage, new Date(now.getTime() - 86_400_000)),
    readTotals(stage, monthStart),
  ]).catch((error: Error) => {
    if (error.message !== 'Region is missing') throw error;
    throw new Problem('Set AWS_REGION to the region of the deployment, for example eu-central-1');
  });
  const waited = oldestWaiting ? Math.round((now.getTime() - Date.parse(oldestWaiting)) / 1000) : undefined;
  console.log(
    `Now: ${accepted} jobs accepted, ${running} running` +
      (waited === undefined ? '' : `; the oldest has waited ${waited} s for a worker`),
  );
  console.log(line('Last 24 hours', day));
  console.log(line('This month', month));
  const dollars = month.gigabyteSeconds * prices['us-east-1'].lambdaGbSecond;
  console.log(
    `Workers this month: ${Math.round(month.gigabyteSeconds)} GB-seconds, about ${dollars.toFixed(2)} USD (list prices of ${PRICES_OF}, without the free tier)`,
  );
  return 0;
});
