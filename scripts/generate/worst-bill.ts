import { PRICES_OF, pricedRegions, prices } from '../../core/cost/prices.ts';
import { PLACE_LIMIT } from '../../core/jobs/waiting-line.ts';
import { accountLimits } from '../../infra/account-limits.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { type BillLine, totalDollars, worstBill } from '../../infra/worst-bill.ts';

/** Deployments that the page compares, by what is set. */
const deployments = [
  { title: 'Default settings', environment: {} },
  { title: 'Raster workers with 6144 MB', environment: { WORKER_MEMORY: 'raster=6144' } },
  { title: 'With the large class', environment: { LARGE: 'on' } },
  {
    title: 'Small deployment',
    environment: { WORKER_CONCURRENCY: 'light=10,vector=4,raster=2', QUOTAS: 'storedBytesPerDay=5368709120' },
  },
  {
    title: 'Without reserved concurrency and quotas',
    environment: { WORKER_CONCURRENCY: 'off', QUOTAS: 'off' },
  },
];

const money = (dollars: number): string => (Number.isNaN(dollars) ? 'unlimited' : dollars.toFixed(2));

/** `docs/operate/worst-bill.md`: the most that a deployment can cost in an hour, computed from its settings. */
export function worstBillDocument(): string {
  const sections = deployments.map(({ title, environment }) => {
    const settings = settingsFor('production', environment);
    const bills = pricedRegions.map((region) => worstBill(settings, prices[region]));
    const [first = []] = bills;
    const rows = first.map(({ what, how }, line) => row(what, how, bills, line));
    const set = Object.entries(environment).map(([name, value]) => `\`${name}=${value}\``);
    return `## ${title}

${set.length > 0 ? `With ${set.join(' and ')}.` : 'With the settings of `production`.'}

| | ${['Usage', ...pricedRegions].join(' | ')} |
| --- | --- | ${pricedRegions.map(() => '--:').join(' | ')} |
${rows.join('\n')}
| **total** | | ${bills.map((bill) => `**${money(totalDollars(bill))}**`).join(' | ')} |
`;
  });
  return `# Worst-case bill

<!-- Written by "npm run generate" from infra/worst-bill.ts and core/cost/prices.ts. -->

The most that a deployment can cost, in US dollars per hour, if clients constantly use everything that its [settings](settings.md) allow,
at the list prices of ${PRICES_OF}. An idle service costs next to nothing. Not included is what no setting
limits: data transfer out of S3 (${prices['us-east-1'].egressGb} USD per GB), other services in the account, and taxes.
[Limits](limits.md) explains how the limits work.

How to read the tables:

- **Concurrency.** All functions of an account share ${accountLimits.lambda.concurrency} concurrent executions by default. Workers with reserved concurrency use their own, and the functions behind the API share the rest. If workers have no reserved concurrency, the table shows the most expensive case:
  the class with the highest cost per hour uses all of it, and everything else next to nothing.
- **Reads per job.** Ten, plus the owner's usage entries of the day if quotas are set. At worst these are all of them (\`executionsPerDay\` entries of 200 bytes), read by a function that has just started, or as long as none of the day's jobs has ended. Usually only
  the entries since the last execution are read.
- **Reads of the job list.** No other request reads as much: a page of a filtered list (\`GET /jobs?status=...\`) examines up to 4800 jobs of about 1 KB, a page of an unfiltered list only those that it shows. \`GET /jobs/{jobID}\` of a waiting job reads the keys of up to
  ${PLACE_LIMIT} waiting jobs of its class to determine its place, about ${Math.ceil((PLACE_LIMIT * 150) / 8192)} reads, at most once per second and function; for any other job it is one read.
- **Waiting jobs.** Each has a ticket in the queue of its class. If its owner is at the limit of running jobs, the ticket comes up again after at least five seconds. The table assumes enough owners to keep all functions busy with that, and that the usage of the owner is read every time.

${sections.join('\n')}`;
}

const row = (what: string, how: string, bills: readonly (readonly BillLine[])[], line: number): string =>
  `| ${what} | ${how} | ${bills.map((bill) => money(bill[line]?.dollars ?? 0)).join(' | ')} |`;
