import { prices, REFERENCE_REGION } from '../../core/cost/prices.ts';
import { classResources } from '../../core/processes/class-resources.ts';
import { computeClasses } from '../../core/processes/declaration.ts';
import { SECONDS_PER_DAY } from '../../core/shared/units.ts';
import { computeGbSeconds } from '../../core/usage/usage-entry.ts';
import { KEPT_ENTRIES } from '../../functions/aws/settled-usage.ts';
import { accountLimits, LIMITS_OF, regionSizes } from '../../infra/account-limits.ts';
import { type Settings, settingsFor } from '../../infra/config/config.ts';
import {
  type Capacity,
  capacities,
  costOfQuotas,
  lastBegins,
  type Mix,
  needsOf,
  type Seen,
} from '../../infra/scale.ts';
import { costOfJobs } from '../lib/cost-case.ts';
import { loadSection } from './load-section.ts';

/** Jobs as a service for everybody gets them: most are small. */
export const usualMix: Mix = {
  light: { share: 0.8, seconds: 1 },
  vector: { share: 0.18, seconds: 10 },
  raster: { share: 0.02, seconds: 60 },
};
/** How much busier the busiest hour is than the mean of the day. */
const PEAK = 4;
const loads = [1000, 10_000, 100_000, 1_000_000];
const OWNERS = 100;
const BURST = 1000;

const seen: Readonly<Record<Seen, string>> = {
  waits: 'jobs wait and show their place',
  '429': '429 with `Retry-After`',
  '503': '503 with `Retry-After`, after several attempts; no job is created',
  slower: 'jobs start later',
};

const rate = (jobs: number): string => (jobs >= 10 ? String(Math.floor(jobs)) : jobs.toFixed(1));
const row = ({ what, limit, jobsPerSecond, seen: sees, raise }: Capacity): string =>
  `| ${what} | ${limit} | ${rate(jobsPerSecond)} | ${seen[sees]} | ${raise} |`;

/** Quotas of an owner for its share of a load, and half as much again. */
function quotasFor(jobsPerDay: number): string {
  const executions = Math.max(5000, Math.ceil((jobsPerDay / OWNERS) * 1.5));
  const gbSecondsOf = computeClasses.reduce((sum, name) => {
    const { share, seconds } = usualMix[name];
    return sum + share * computeGbSeconds(classResources[name].memory, seconds);
  }, 0);
  return `executionsPerDay=${executions},gbSecondsPerDay=${Math.max(400_000, Math.ceil(executions * gbSecondsOf))}`;
}

/** The settings with what a load needs, as they would be set. */
export function settingsForLoad(jobsPerDay: number): Settings {
  const needs = needsOf((jobsPerDay / SECONDS_PER_DAY) * PEAK, usualMix);
  const usual = settingsFor('production', {
    WORKER_CONCURRENCY: computeClasses.map((name) => `${name}=${needs.workers[name]}`).join(),
    QUOTAS: quotasFor(jobsPerDay),
  });
  const { throttle, executionThrottle } = usual;
  return {
    ...usual,
    throttle: { ...throttle, rate: Math.max(throttle.rate, needs.requestRate) },
    executionThrottle: { ...executionThrottle, rate: Math.max(executionThrottle.rate, needs.executionRate) },
  };
}

/** `docs/operate/scale.md`: what saturates first at which load, from one table of limits. */
export function scaleDocument(): string {
  const settings = settingsFor('production', {});
  const usual = { accountConcurrency: accountLimits.lambda.concurrency, owners: 1 };
  const asItComes = capacities(settings, usualMix, 'large', usual);
  const [first] = asItComes;
  const loadRows = loads.map((jobs) => {
    const peak = (jobs / SECONDS_PER_DAY) * PEAK;
    const { executionRate, requestRate, workers, concurrency } = needsOf(peak, usualMix);
    const usd = computeClasses.reduce(
      (sum, computeClass) =>
        sum +
        costOfJobs({
          jobs: jobs * usualMix[computeClass].share,
          computeClass,
          seconds: usualMix[computeClass].seconds,
        }).total,
      jobs * costOfQuotas(jobs / OWNERS, OWNERS, usualMix, prices[REFERENCE_REGION].dynamoRead),
    );
    return `| ${jobs.toLocaleString('en')} | ${rate(peak)} | ${executionRate}, ${requestRate} | ${computeClasses.map((name) => workers[name]).join(', ')} | ${concurrency} | ${usd.toFixed(2)} |`;
  });
  const large = settingsForLoad(1_000_000);
  const { concurrency, workers } = needsOf((1_000_000 / SECONDS_PER_DAY) * PEAK, usualMix);
  const peak = (1_000_000 / SECONDS_PER_DAY) * PEAK;
  const tight = regionSizes.map((region) => {
    const all = capacities(large, usualMix, region, { accountConcurrency: concurrency, owners: OWNERS });
    const lowest = all.slice(0, 8).map(row);
    return `### In ${region === 'large' ? 'us-east-1, us-west-2 and eu-west-1' : 'other regions'}

${header}
${lowest.join('\n')}
`;
  });
  const bursts = computeClasses.map((name) => {
    const count = settings.workers[name].reservedConcurrency ?? accountLimits.lambda.concurrency;
    const { seconds } = usualMix[name];
    return `| ${name} | ${count} | ${seconds} | ${lastBegins(BURST, count, seconds)} |`;
  });
  return `# Scale

<!-- Written by "npm run generate" from infra/scale.ts and infra/account-limits.ts. -->

How much load the service can take, what saturates first, and what clients see then. All of it is computed, from what a job uses ([cost.md](cost.md)), the [settings](settings.md), and the limits of AWS as documented on ${LIMITS_OF} for an
account with default quotas. Nothing was measured on AWS; what was on [an emulator](#a-thousand-jobs-on-the-emulator) is about order and fairness.

The load is a mix of jobs: ${computeClasses.map((name) => `${usualMix[name].share * 100} % ${name} of ${usualMix[name].seconds} s`).join(', ')}. A client makes four requests per job. Rates are those of the whole mix.

## With default settings

With the settings of \`production\`, and all jobs from one owner. ${first ? `The first to saturate: ${first.what}, at ${rate(first.jobsPerSecond)} jobs per second (${Math.floor(first.jobsPerSecond * SECONDS_PER_DAY).toLocaleString('en')} per day).` : ''} Whatever saturates, no accepted job is lost: it waits.

${header}
${asItComes.map(row).join('\n')}

Lambda adds up to ${accountLimits.lambda.rampPerTenSeconds} instances of a function every ten seconds: a class with more workers takes longer to reach them all. SQS holds any number of waiting jobs, with up to ${accountLimits.sqs.inFlight.toLocaleString('en')} tickets in flight; Step Functions allows
${accountLimits.stepFunctions.openExecutions.toLocaleString('en')} open executions. A job waits for at most a day, and an owner may have ${settings.quotas.waitingJobs} waiting jobs.

## ${BURST.toLocaleString('en')} jobs at once

From enough owners that no quota applies. Jobs that find no worker wait.

| Class | Workers | Run time of a job (s) | Until the last job starts (s) |
| --- | ---: | ---: | ---: |
${bursts.join('\n')}

Requests beyond \`executionThrottle\` (${settings.executionThrottle.rate} per second, bursts of ${settings.executionThrottle.burst}) are answered with 429: sending all of them takes at least ${Math.ceil((BURST - settings.executionThrottle.burst) / settings.executionThrottle.rate)} s.

${loadSection()}
## From a thousand to a million jobs a day

The busiest hour has ${PEAK} times the average load, and the settings leave a quarter of headroom above it. The jobs come from ${OWNERS} owners. The cost includes reading the usage of the owner for each job: the latest entries, or those of half a day if all owners together have more than the ${KEPT_ENTRIES.toLocaleString('en')} entries that a function keeps in memory.

| Jobs per day | Peak (jobs per second) | \`executionThrottle\`, \`throttle\` (per second) | Workers (light, vector, raster) | Account concurrency | USD per day |
| ---: | ---: | --- | --- | ---: | ---: |
${loadRows.join('\n')}

## A million jobs a day

Set \`WORKER_CONCURRENCY=${computeClasses.map((name) => `${name}=${workers[name]}`).join(',')}\`, \`executionThrottle.rate\` ${large.executionThrottle.rate}, \`throttle.rate\` ${large.throttle.rate}, \`QUOTAS=${quotasFor(1_000_000)}\` for ${OWNERS} owners, in an account with a concurrency of at least ${concurrency} (${accountLimits.lambda.concurrency.toLocaleString('en')} is usual, new accounts start with ten: Service Quotas, Lambda). The peak is ${rate(peak)} jobs per second.
The next limits are then:

${tight.join('\n')}`;
}

const header = `| Resource | Limit | Jobs per second | Clients see | Raised by |
| --- | --- | ---: | --- | --- |`;
