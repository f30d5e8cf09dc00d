import { parseDatetime } from '../shared/datetime.ts';
import { type Fault, InvalidQuery, NoSuchProcess } from '../shared/errors.ts';
import { limits } from '../shared/page-query.ts';
import type { JobFilter } from './job.ts';
import { type JobStatus, jobStatuses } from './lifecycle.ts';

/** What `GET /jobs` asks for. */
export interface ListQuery {
  readonly filter: JobFilter;
  readonly limit: number;
  /** False when the client wants only jobs of kinds that this service does not have. */
  readonly ofProcesses: boolean;
  /** Token of the page, unread. */
  readonly cursor?: string;
}

type Query = Readonly<Record<string, readonly string[]>>;

/**
 * Reads the parameters of the job list. Lists may be repeated parameters or comma-separated.
 * @throws InvalidQuery with every fault; NoSuchProcess for a `processID` that the service does not have
 */
export function parseListQuery(query: Query, processIDs: readonly string[]): ListQuery {
  const faults: Fault[] = [];
  const types = parseList(query, 'type', faults);
  const processes = parseList(query, 'processID', faults);
  const statuses = statusesIn(parseList(query, 'status', faults), faults);
  const { from, to } = intervalIn(query, faults);
  const minDuration = integerIn(query, 'minDuration', 0, faults);
  const maxDuration = integerIn(query, 'maxDuration', 0, faults);
  const limit = integerIn(query, 'limit', 1, faults) ?? limits.jobs.default;
  const cursor = singleIn(query, 'cursor', faults);
  if (faults.length > 0) throw new InvalidQuery(faults);
  const unknown = processes?.find((id) => !processIDs.includes(id));
  if (unknown !== undefined) throw new NoSuchProcess(unknown, processIDs);
  return {
    filter: {
      ...(processes ? { processIDs: processes } : {}),
      ...(statuses ? { statuses } : {}),
      ...(from === undefined ? {} : { createdFrom: from }),
      ...(to === undefined ? {} : { createdTo: to }),
      ...(minDuration === undefined ? {} : { minDuration }),
      ...(maxDuration === undefined ? {} : { maxDuration }),
    },
    limit: Math.min(limit, limits.jobs.maximum),
    ofProcesses: types?.includes('process') ?? true,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** The values of a list without repetitions, sorted, so that equal filters look equal. */
function parseList(query: Query, name: string, faults: Fault[]): string[] | undefined {
  const sent = query[name];
  if (!sent) return undefined;
  const values = sent
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (values.length === 0)
    faults.push({ pointer: `?${name}`, detail: 'has no value; give one or omit the parameter.' });
  return [...new Set(values)].sort();
}

function singleIn(query: Query, name: string, faults: Fault[]): string | undefined {
  const values = query[name] ?? [];
  if (values.length > 1) faults.push({ pointer: `?${name}`, detail: 'may be given only once.' });
  return values.length === 1 ? values[0] : undefined;
}

function statusesIn(values: string[] | undefined, faults: Fault[]): JobStatus[] | undefined {
  for (const value of values ?? []) {
    if ((jobStatuses as readonly string[]).includes(value)) continue;
    const detail = `"${value}" is not a status. Statuses: ${jobStatuses.join(', ')}.`;
    faults.push({ pointer: '?status', detail });
  }
  return values as JobStatus[] | undefined;
}

function intervalIn(query: Query, faults: Fault[]) {
  const text = singleIn(query, 'datetime', faults);
  const interval = text === undefined ? {} : parseDatetime(text);
  if (typeof interval !== 'string') return interval;
  faults.push({ pointer: '?datetime', detail: interval });
  return {};
}

function integerIn(query: Query, name: string, minimum: number, faults: Fault[]): number | undefined {
  const text = singleIn(query, name, faults);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= minimum) return value;
  faults.push({ pointer: `?${name}`, detail: `"${text}" is not an integer of at least ${minimum}.` });
  return undefined;
}
