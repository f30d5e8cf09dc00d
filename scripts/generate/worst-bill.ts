import { PRICES_OF, pricedRegions, prices } from '../../core/cost/prices.ts';
import { settingsFor } from '../../infra/config/config.ts';
import { type BillLine, totalDollars, worstBill } from '../../infra/worst-bill.ts';

/** Deployments that the page compares, by what is set. */
const deployments = [
  { title: 'As it comes', environment: {} },
  { title: 'With workers for rasters of 6144 MB', environment: { WORKER_MEMORY: 'raster=6144' } },
  { title: 'With the large class', environment: { LARGE: 'on' } },
  {
    title: 'Small',
    environment: { WORKER_CONCURRENCY: 'light=10,vector=4,raster=2', QUOTAS: 'storedBytesPerDay=5368709120' },
  },
  { title: 'Without any limits', environment: { WORKER_CONCURRENCY: 'off', QUOTAS: 'off' } },
];

const money = (dollars: number): string => (Number.isNaN(dollars) ? 'no bound' : dollars.toFixed(2));

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

| | ${['What is used up', ...pricedRegions].join(' | ')} |
| --- | --- | ${pricedRegions.map(() => '--:').join(' | ')} |
${rows.join('\n')}
| **all of it** | | ${bills.map((bill) => `**${money(totalDollars(bill))}**`).join(' | ')} |
`;
  });
  return `# The worst bill

<!-- Written by "npm run generate" from infra/worst-bill.ts and core/cost/prices.ts. -->

The most that a deployment can cost, in US dollars an hour, when clients use up everything that its [settings](settings.md) allow,
without a pause, at the list prices of ${PRICES_OF}. A service that is not used costs next to nothing. Left out is what no setting
bounds: data that clients fetch from S3 (${prices['us-east-1'].egressGb} USD a GB), other services of the account, and taxes.
How the limits work is told in [limits.md](limits.md).

${sections.join('\n')}`;
}

const row = (what: string, how: string, bills: readonly (readonly BillLine[])[], line: number): string =>
  `| ${what} | ${how} | ${bills.map((bill) => money(bill[line]?.dollars ?? 0)).join(' | ')} |`;
