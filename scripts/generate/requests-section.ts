import type { Cost } from '../../bench/api/cost.ts';
import type { PeerCost } from '../../bench/peer/measure.ts';
import type { Peers } from '../../bench/peer/peers.ts';
import { type Bar, barPlot } from './bar-plot.ts';
import { linePlot } from './line-plot.ts';
import { milliseconds, times } from './numbers.ts';

/** `bench/results/api.json`. */
export interface ApiResults {
  readonly machine: string;
  readonly listed: readonly number[];
  readonly ours: Readonly<Record<string, Cost>>;
  readonly peers: Peers;
}

/** The files of the plots. */
export const REQUESTS = 'requests-beside-pygeoapi.svg';
export const LISTS = 'list-of-jobs-beside-pygeoapi.svg';

/** Stored jobs from which on the list should take the same time: with fewer the page is not full, or just so. */
const FEW_JOBS = 1000;

/** What readers call the cases, and which case of the peer does the same. */
const rows = (
  listed: readonly number[],
): readonly (readonly [title: string, ours: string, peer?: string])[] => [
  ['landing page', 'landing', 'landing'],
  ['list of processes (ours about 50, theirs 1)', 'list', 'list'],
  ['description of a process', 'describe', 'describe'],
  ['API definition', 'api', 'api'],
  ['API definition, compressed (gzip)', 'api-gzip', 'api-gzip'],
  ['status of a job', 'status', 'status'],
  ['synchronous echo, quotas off', 'sync', 'sync'],
  ['the same, by the worker (`lightInRequest: false`)', 'sync-by-worker', 'sync'],
  ['synchronous echo, quotas on (the default), one after the other', 'sync-counted', 'sync'],
  ['asynchronous echo, quotas off: start, worker, two status requests, results', 'async', 'async'],
  ['the same, quotas on (the default), after a hundred jobs within the minute', 'async-counted', 'async'],
  ...listed.map((count) => [`list of jobs, ${count} stored`, `jobs-${count}`, `jobs-${count}`] as const),
];

/** What requests cost, beside those of a peer. */
export function requestsSection({ machine, listed, ours, peers }: ApiResults): string {
  const { version, TinyDB, PostgreSQL } = peers;
  const postgres = storesOf(peers).PostgreSQL;
  const lines = rows(listed).flatMap(([title, name, peer]) => {
    const our = ours[name];
    if (!our) return [];
    const cells = [TinyDB, postgres].flatMap((costs) => comparison(our, peer ? costs?.[peer] : undefined));
    return `| ${[title, milliseconds(our.cpu), ...cells, calls(our)].join(' | ')} |`;
  });
  const [few, many] = [listed.find((count) => count >= FEW_JOBS) ?? listed[0], listed.at(-1)];
  const flat = (costs: Readonly<Record<string, { readonly p50?: number }>> | undefined) => {
    const [one, other] = [costs?.[`jobs-${few}`]?.p50, costs?.[`jobs-${many}`]?.p50];
    return one && other ? (other / one).toPrecision(3) : 'not measured';
  };
  return `
## Requests

${machine}; pygeoapi ${version} behind gunicorn with two processes, its jobs in a file (TinyDB) and in PostgreSQL.

CPU time per request, in milliseconds. *Ours* is that of the functions involved: each runs in a process with its deployed bundle and receives one API Gateway event after another, as on Lambda, while a stand-in for AWS
(\`bench/stand-in\`) answers from another process; the lower quartile of ten rounds. *Theirs* is that of the server processes, from \`/proc\`, over up to 400 requests from two clients on the
loopback interface; it includes the HTTP server, which for ours is API Gateway${floor(postgres ?? TinyDB)}. The time of the database is in neither (PostgreSQL, DynamoDB). Their process is \`hello-world\`, ours \`echo\`; both return JSON without
compression unless the table says otherwise. Both are warm: a hundred requests of ours and twenty of theirs come first. The ratio is theirs divided by ours.

| request | ours, ms | TinyDB, ms | ratio | PostgreSQL, ms | ratio | calls to AWS |
| --- | ---: | ---: | ---: | ---: | ---: | --- |
${lines.join('\n')}

![CPU time of pygeoapi, as a multiple of ours](images/${REQUESTS})
${typeof PostgreSQL === 'string' ? `\n${PostgreSQL}\n` : ''}
Median response time of the first page of the job list with ${many} stored jobs, relative to ${few}: ours ${flat(ours)}, pygeoapi with TinyDB ${flat(TinyDB)}, with PostgreSQL ${flat(postgres)}. Ours were measured in turn, round by round. In its first quarter of an hour, a function that lists jobs
sometimes also reads the partitions of earlier versions: eight queries instead of two.

![Response time of the job list, by how many jobs are stored](images/${LISTS})

pygeoapi has no quotas and no owners. With quotas, a synchronous execution writes its usage entry once, and reads those of its owner at most every five seconds, as long as much is left. The start of a job reads the entries that may still change, which are those of
the last minute and of running jobs; with only a few of them it pays for two small queries. ([ADR 0055](adr/0055-synchronous-executions-are-counted-in-one-write.md)) A plain job takes three writes of its record, and with quotas three more that count it: six writes; [ADR 0061](adr/0061-parallel-requests-are-counted-exactly.md) says
what would make it four, and what that would take.

${costlier(listed, ours, TinyDB, postgres)}The API definition has 400 KB, with a request schema for each process; theirs has 12. Responses come from memory, and are handed over as they are ([ADR 0043](adr/0043-answers-as-they-stand-in-json.md)); browsers, QGIS and Python's clients ask for them compressed.
`;
}

/** What of theirs is not about the request. */
const floor = (their: Readonly<Record<string, PeerCost>>): string => {
  const unknown = their['unknown']?.cpu;
  return unknown === undefined
    ? ''
    : ` (a path that it does not know takes ${milliseconds(unknown)} ms there)`;
};

/** Which requests cost more here than there. */
function costlier(
  listed: readonly number[],
  ours: ApiResults['ours'],
  ...stores: readonly (Readonly<Record<string, PeerCost>> | undefined)[]
): string {
  const titles = rows(listed).flatMap(([title, name, peer]) => {
    const [our, theirs] = [ours[name], stores.map((costs) => peer && costs?.[peer])];
    return our && theirs.some((their) => their && their.cpu < our.cpu) ? [title] : [];
  });
  return titles.length === 0
    ? ''
    : `Requests that cost more than with one of the two: ${titles.join('; ')}.\n\n`;
}

const comparison = (our: Cost, their: PeerCost | undefined): string[] =>
  their ? [milliseconds(their.cpu), times(their.cpu / our.cpu)] : ['', ''];

/** The stores of jobs of the peer that were measured. */
const storesOf = ({ TinyDB, PostgreSQL }: Peers) =>
  ({ TinyDB, PostgreSQL: typeof PostgreSQL === 'string' ? undefined : PostgreSQL }) as const;

/** The ratios of the requests as a plot. */
export function requestsPlot({ listed, ours, peers }: ApiResults): string {
  const stores = storesOf(peers);
  const bars = rows(listed).flatMap(([, name, peer]): Bar[] => {
    const our = ours[name];
    if (!our || peer === undefined) return [];
    const values = Object.values(stores).map((costs) => costs?.[peer] && costs[peer].cpu / our.cpu);
    return [{ title: name.replace(/^jobs-/, 'list of jobs, '), values }];
  });
  const axis = { low: -2, high: 12, step: 2 };
  return barPlot('CPU time of pygeoapi, as a multiple of ours', Object.keys(stores), bars, axis);
}

/** How the time of the job list grows with the number of jobs, as a plot. */
export function listsPlot({ listed, ours, peers }: ApiResults): string {
  const lines = Object.entries({ ours, ...storesOf(peers) }).map(([name, costs]) => ({
    name: name === 'ours' ? name : `pygeoapi, ${name}`,
    points: listed.flatMap((count) => {
      const p50 = costs?.[`jobs-${count}`]?.p50;
      return p50 === undefined ? [] : [[count, p50] as const];
    }),
  }));
  return linePlot('First page of the job list', ['jobs that are stored', 'response time, ms'], lines);
}

/** Without what comes once in many requests. */
const calls = ({ calls: all }: Cost): string =>
  Object.entries(all)
    .filter(([, count]) => count >= 0.5)
    .map(([name, count]) => `${Math.round(count)} ${name.replace(/^.*:/, '')}`)
    .join(', ');
