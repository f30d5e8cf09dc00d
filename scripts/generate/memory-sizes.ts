import type { Cost } from '../../bench/api/cost.ts';
import type { Start } from '../../bench/start/measure-starts.ts';
import { PRICES_OF, prices, REFERENCE_REGION } from '../../core/cost/prices.ts';
import { apiResources } from '../../core/processes/class-resources.ts';
import { MEGABYTES_PER_GB } from '../../core/shared/units.ts';

/** Megabytes at which a function of Lambda has one processor: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_PROCESSOR = 1769;
const sizes = [128, 256, 512, 1024, 1769];

const requests: readonly (readonly [title: string, name: string])[] = [
  ['landing page', 'landing'],
  ['status of a job', 'status'],
  ['synchronous echo, quotas on', 'sync-counted'],
  ['start of a job', 'start'],
];
const starts = ['get-job', 'execute-process'] as const;

/** What memory sizes come to, from the processor times that were measured: a model, in which nothing waits. */
export function memorySizes(
  ours: Readonly<Record<string, Cost>>,
  started: Readonly<Record<string, Start>>,
): string {
  const timed = requests.flatMap(([title, name]) => (ours[name] ? [{ title, cpu: ours[name].cpu }] : []));
  const cold = starts.flatMap((name) => (started[name] ? [{ name, ...started[name] }] : []));
  const head = [
    'memory, MB',
    'share of a processor',
    ...timed.map(({ title }) => `${title}, ms`),
    ...cold.map(({ name }) => `cold start of ${name}, ms`),
    'USD per million landing pages',
    'per million echoes',
  ];
  const echo = timed.find(({ title }) => title.startsWith('synchronous'))?.cpu ?? 0;
  const lines = sizes.map((memory) => {
    const share = Math.min(1, memory / ONE_PROCESSOR);
    const cells = [
      memory === apiResources.memory ? `**${memory}**` : String(memory),
      share.toFixed(2),
      ...timed.map(({ cpu }) => written(cpu / share)),
      ...cold.map(({ imported, answered }) => written(imported + (answered - imported) / share)),
      dollars(timed[0]?.cpu ?? 0, memory, share),
      dollars(echo, memory, share),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `
## Memory sizes

A model, not a measurement: Lambda gives a function a share of a processor that grows with its memory, one whole at ${ONE_PROCESSOR} MB. The table divides the CPU times above by that share; the default is in bold. A cold start is the import, for which Lambda has been
seen to give a whole processor, and the first response. What a function waits for (DynamoDB, S3, the download of its code) is not in it, and a processor of Lambda is not that of this machine. The price is that of the function alone, at list prices of ${REFERENCE_REGION} on ${PRICES_OF}, in steps of a millisecond;
API Gateway adds ${(prices[REFERENCE_REGION].apiRequest * 1e6).toFixed(2)} per million.

| ${head.join(' | ')} |
| ${head.map(() => '---:').join(' | ')} |
${lines.join('\n')}

Computation costs the same at every size, as a function with twice the memory takes half the time; waiting, and what is below a millisecond, cost more with more memory. So the default is small: requests take a millisecond or two, and the rest is waiting. \`api.memory\` changes it, if cold starts matter more
than the price.
`;
}

const written = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 1 : 0);

function dollars(cpu: number, memory: number, share: number): string {
  const { lambdaGbSecond, lambdaRequest } = prices[REFERENCE_REGION];
  const billed = Math.max(1, Math.ceil(cpu / share)) / 1000;
  return ((lambdaRequest + billed * (memory / MEGABYTES_PER_GB) * lambdaGbSecond) * 1e6).toFixed(2);
}
