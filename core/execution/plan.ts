import { taskHour } from '../cost/fargate.ts';
import { PRICES_OF, REFERENCE_REGION } from '../cost/prices.ts';
import type { ExecuteRequest, RequestedOutput } from '../jobs/execute-request.ts';
import type { Settings } from '../ports.ts';
import type { ComputeClass, JobControlOption, ProcessDeclaration } from '../processes/declaration.ts';
import { estimateRun } from '../processes/estimate.ts';
import { enlargeLimits, type LargeClass } from '../processes/large-class.ts';
import type { Limits } from '../run/context.ts';
import { pointerSegment } from '../shared/json.ts';
import { readOccurrences } from './input-values.ts';
import type { ExecutionMode } from './mode.ts';
import { planInWords } from './plan-in-words.ts';

/** A raster of which no more than the header was read. */
export interface PlannedRaster {
  readonly pointer: string;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  /** Columns and rows that would be read, where that is known before the run. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Pixels of a band that would be read, where these are in zones or at points, which lie here and there. */
  readonly pixels?: number;
}

/** What is known of the inputs without fetching anything from elsewhere. */
export interface KnownInputs {
  /** By JSON pointer, of inputs that lie with the service. */
  readonly bytes: ReadonlyMap<string, number>;
  readonly rasters: readonly PlannedRaster[];
}

/** What would become of an execute request, without anything being fetched or started. */
export interface ExecutionPlan {
  readonly valid: true;
  readonly processID: string;
  readonly version: string;
  readonly computeClass: ComputeClass;
  /** Of a request that is waited for as a job too it is asynchronous. */
  readonly mode: JobControlOption;
  readonly outputs: readonly RequestedOutput[];
  readonly size: {
    /** Of the inputs in the request, as JSON. */
    readonly inlineBytes: number;
    /** Inputs by reference: of uploads and results of the service it is known how large they are, of nothing else. */
    readonly references: readonly { readonly pointer: string; readonly bytes: number | 'unknown' }[];
    /** Rasters whose header could be read: those in the request, uploads and results of the service. */
    readonly rasters: readonly PlannedRaster[];
  };
  readonly estimate: {
    readonly seconds: number;
    readonly cost: number;
    readonly currency: string;
    /** Whether it covers all inputs; otherwise `secondsPerMegabyte` tells what comes to it. */
    readonly complete: boolean;
    readonly secondsPerMegabyte: number;
    readonly prices: { readonly region: string; readonly date: string };
    readonly note: string;
  };
  /** Where the job goes on if it is too large for its worker; absent where it would be refused. */
  readonly large?: {
    readonly limits: Limits;
    /** Seconds that it may take there. */
    readonly seconds: number;
    readonly costPerHour: number;
    readonly currency: string;
    readonly note: string;
  };
  /** The same for people, a sentence each. */
  readonly sentences: readonly string[];
}

const CURRENCY = 'USD';

const NOTE =
  'An estimate from the size of the inputs, typical run times of the process and list prices without free tiers. Remote data was not fetched, and stored rasters were read only as far as their header, or the zones and points in the request, require: the execution may still be refused.';

const IN_PARTS =
  ' A raster that is too large for one worker is processed in parts, in parallel: the seconds and the cost are then those of all parts together.';
const LARGE_NOTE =
  'A job that exceeds the limits of its process, or the memory or time of its worker, runs again with these limits. The estimate does not include that run, which is billed for at least a minute.';

/** @param mode in which it would be executed */
export function planExecution(
  process: ProcessDeclaration,
  { inputs, outputs }: ExecuteRequest,
  mode: ExecutionMode['kind'],
  { workers, large, quotas }: Pick<Settings, 'workers' | 'large' | 'quotas'>,
  { bytes, rasters }: KnownInputs,
): ExecutionPlan {
  const references = Object.entries(inputs).flatMap(([id, raw]) => {
    const input = process.inputs[id];
    if (!input) return [];
    return readOccurrences(input, raw, `/inputs/${pointerSegment(id)}`)
      .filter(({ kind }) => kind !== 'literal')
      .map(({ pointer }) => ({ pointer, bytes: bytes.get(pointer) ?? ('unknown' as const) }));
  });
  const inlineBytes = new TextEncoder().encode(JSON.stringify(inputs)).length;
  const asynchronous = mode !== 'sync';
  const read = references.map((one) => readBytes(one, rasters));
  const known = read.reduce((sum, one) => sum + one, inlineBytes);
  const run = {
    bytes: known,
    asynchronous,
    hasReferences: references.length > 0,
    counting: Object.keys(quotas).length > 0 ? ('quotas' as const) : ('no quotas' as const),
  };
  const { seconds, usd, secondsPerMegabyte } = estimateRun(process, run, workers);
  const facts = {
    computeClass: process.computeClass,
    mode: asynchronous ? ('async-execute' as const) : ('sync-execute' as const),
    size: { inlineBytes, references, rasters },
    estimate: {
      seconds,
      cost: usd,
      currency: CURRENCY,
      complete: references.every((one) => one.bytes !== 'unknown'),
      secondsPerMegabyte,
      prices: { region: REFERENCE_REGION, date: PRICES_OF },
      note: asynchronous && process.parts ? NOTE + IN_PARTS : NOTE,
    },
  };
  const { computeClass, mode: wanted, size, estimate } = facts;
  return {
    valid: true,
    processID: process.id,
    version: process.version,
    computeClass,
    mode: wanted,
    outputs,
    size,
    estimate,
    ...(asynchronous && large ? { large: planLarge(process, large) } : {}),
    sentences: planInWords(facts),
  };
}

/** Of a raster of which a part is read, the same part of its file. */
function readBytes(
  { pointer, bytes }: ExecutionPlan['size']['references'][number],
  rasters: readonly PlannedRaster[],
): number {
  if (bytes === 'unknown') return 0;
  const raster = rasters.find((one) => one.pointer === pointer);
  if (!raster) return bytes;
  const { width, height, window, pixels = window && window.width * window.height } = raster;
  return pixels === undefined ? bytes : bytes * Math.min(1, pixels / (width * height));
}

const planLarge = (process: ProcessDeclaration, large: LargeClass): NonNullable<ExecutionPlan['large']> => ({
  limits: enlargeLimits(process, large),
  seconds: large.timeout,
  costPerHour: Number(taskHour(large).toPrecision(2)),
  currency: CURRENCY,
  note: LARGE_NOTE,
});
