import { PRICES_OF, pricedRegions, prices } from '../../core/cost/prices.ts';
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
  { title: 'No limits', environment: { WORKER_CONCURRENCY: 'off', QUOTAS: 'off' } },
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
  return `# The worst bill

<!-- Written by "npm run generate" from infra/worst-bill.ts and core/cost/prices.ts. -->

The most that a deployment can cost, in US dollars per hour, if clients use everything that its [settings](settings.md) allow
without a pause, at the list prices of ${PRICES_OF}. A service that is not used costs next to nothing. Not included is what no setting
limits: data transfer out of S3 (${prices['us-east-1'].egressGb} USD per GB), other services of the account, and taxes.
[Limits](limits.md) says how the limits work.

${sections.join('\n')}`;
}

const row = (what: string, how: string, bills: readonly (readonly BillLine[])[], line: number): string =>
  `| ${what} | ${how} | ${bills.map((bill) => money(bill[line]?.dollars ?? 0)).join(' | ')} |`;
