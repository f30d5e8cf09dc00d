import {
  PRICES_OF,
  type PricedRegion,
  pricedRegions,
  prices,
  REFERENCE_REGION,
} from '../../core/cost/prices.ts';
import type { Since, Totals, Unfinished } from './service-status.ts';

/** What is going on, in a line for people. */
export function describeUnfinished(
  { accepted, running, oldestWaiting, oldestRunning }: Unfinished,
  now: Date,
): string {
  const longest = (what: string, job: Since | undefined): string =>
    job === undefined
      ? ''
      : `; ${job.jobID} has ${what} longest, ${Math.round((now.getTime() - Date.parse(job.since)) / 1000)} s`;
  return `Now: ${accepted} jobs accepted, ${running} running${longest('waited', oldestWaiting)}${longest('run', oldestRunning)}`;
}

/** What a time had, with the parts that were in error. @param name of the time */
export function describeTotals(
  name: string,
  { successful, failed, dismissed, lost, requests, serverErrors }: Totals,
): string {
  const withoutWorker = lost > 0 ? `, ${lost} without their worker` : '';
  return (
    `${name}: ${successful} jobs successful, ${failed} failed (${percent(failed, successful + failed)}${withoutWorker}), ` +
    `${dismissed} dismissed; ${requests} requests, ${serverErrors} of them answered 5xx (${percent(serverErrors, requests)})`
  );
}

const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Number(((100 * part) / whole).toPrecision(2))} %`;

/** What functions and the API have cost, and what is not in that. @param region of the deployment */
export function describeSpend(
  { gigabyteSeconds, invocations, requests }: Totals,
  region: string | undefined,
): string[] {
  const priced: PricedRegion = pricedRegions.find((one) => one === region) ?? REFERENCE_REGION;
  const { lambdaGbSecond, lambdaRequest, apiRequest } = prices[priced];
  const dollars = gigabyteSeconds * lambdaGbSecond + invocations * lambdaRequest + requests * apiRequest;
  return [
    `Spent this month on functions and API Gateway: about ${dollars.toFixed(2)} USD (${Math.round(gigabyteSeconds)} GB-seconds, ` +
      `${invocations} invocations, ${requests} requests, at the list prices of ${priced} on ${PRICES_OF}, without the free tier)`,
    'Not in it: Step Functions, DynamoDB, S3, SQS, logs, alarms, data transfer, and tasks of the large class. The bill is in AWS Cost Explorer.',
  ];
}
